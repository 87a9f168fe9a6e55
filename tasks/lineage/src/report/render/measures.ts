/** What the kept text is like: size and quality of chunks, personal data, languages, encodings and repairs. */
import { sumOf } from "@pipeline/shared/tally";
import type { Report } from "../report-schema.js";
import { type Bar, barList, columns } from "./charts.js";
import { counted, languageName, number, ranked, share } from "./format.js";
import { type Html, html } from "./html.js";

export function measures(report: Report): Html {
  return html`<div class="grid">${tokens(report)}${quality(report)}${pii(report)}${languages(report)}${encodings(report)}${repairs(report)}</div>`;
}

function tokens({ tokens, maxTokens, tokenizer }: Report): Html {
  if (!tokens) return empty("Tokens per chunk");
  const marks = [
    { at: maxTokens + 1, text: `budget ${number(maxTokens)}`, kind: "limit" },
    { at: tokens.median, text: `median ${number(tokens.median)}`, kind: "middle" },
  ] as const;
  const ticks = [1, ...[0.25, 0.5, 0.75, 1].map((part) => Math.round(part * maxTokens))];
  return html`<section><h2>Tokens per chunk</h2>
<p class="hint">Accepted chunks, counted with ${tokenizer}: mean ${number(Math.round(tokens.mean))}, 9 in 10 between ${number(tokens.p5)} and ${number(tokens.p95)}, largest ${number(tokens.max)}.</p>
${columns(tokens.histogram, marks, ticks, "Histogram of tokens per accepted chunk", (bar) => `${bar.from}–${bar.to - 1} tokens: ${counted(bar.count, "chunk")}`)}</section>`;
}

function quality({ quality }: Report): Html {
  if (!quality) return empty("Quality score");
  const marks = [{ at: quality.median, text: `median ${share(quality.median)}`, kind: "middle" }] as const;
  return html`<section><h2>Quality score</h2>
<p class="hint">Accepted chunks; 1 is clean prose. Mean ${share(quality.mean)}, lowest ${share(quality.min)}.</p>
${columns(quality.histogram, marks, [0, 0.25, 0.5, 0.75, 1], "Histogram of quality scores", (bar) => `${share(bar.from)}–${share(bar.to)}: ${counted(bar.count, "chunk")}`)}</section>`;
}

function pii({ pii, piiTags, piiChunks, chunks }: Report): Html {
  const tags = ranked(piiTags).map(([tag, count]) => `${number(count)} × ${tag}`);
  const remark = tags.length > 0 ? ` Remarked: ${tags.join(", ")}.` : "";
  const bars = ranked(pii).map(([name, count]): Bar => ({ name: html`<code>${name}</code>`, count }));
  return html`<section><h2>Personal data by type</h2>
<p class="hint">Values in all chunks, each counted once; ${counted(piiChunks, "chunk")} of ${number(chunks.kept)} accepted hold any. Names and postal addresses are not detected.${remark}</p>
${barList(bars, sumOf(pii), "Personal data found, by type")}</section>`;
}

const MOST = 12;

/** The most frequent, each a bar; the rest in one. */
function frequentBars(counts: Readonly<Record<string, number>>, barOf: (name: string) => Omit<Bar, "count">): Bar[] {
  const all = ranked(counts);
  const bars = all.slice(0, MOST).map(([name, count]): Bar => ({ ...barOf(name), count }));
  const rest = all.slice(MOST);
  if (rest.length === 0) return bars;
  return [...bars, { name: counted(rest.length, "other"), count: rest.reduce((sum, [, count]) => sum + count, 0), tone: "muted" }];
}

function languages({ languages }: Report): Html {
  const bars = frequentBars(languages, (code) => ({ name: languageName(code), ...(code === "und" && { tone: "muted" as const }) }));
  return html`<section><h2>Languages</h2><p class="hint">Documents by detected language.</p>
${barList(bars, sumOf(languages), "Documents by language")}</section>`;
}

function encodings({ encodings, encodingSources }: Report): Html {
  const sources = ranked(encodingSources).map(([source, count]) => `${number(count)} × ${source}`);
  const bars = frequentBars(encodings, (name) => ({ name: html`<code>${name}</code>` }));
  return html`<section><h2>Encodings</h2><p class="hint">Documents by encoding${sources.length > 0 ? `; known by: ${sources.join(", ")}` : ""}.</p>
${barList(bars, sumOf(encodings), "Documents by encoding")}</section>`;
}

function repairs({ repairs, repairedDocuments, documents }: Report): Html {
  const bars = ranked(repairedDocuments).map(([step, count]): Bar => ({ name: html`<code>${step}</code>`, count }));
  return html`<section><h2>Repairs</h2><p class="hint">Documents that a cleaning step changed; ${counted(sumOf(repairs), "edit")} in all.</p>
${barList(bars, documents.in, "Documents by cleaning step that changed them")}</section>`;
}

function empty(title: string): Html {
  return html`<section><h2>${title}</h2><p class="none">No chunk was accepted.</p></section>`;
}
