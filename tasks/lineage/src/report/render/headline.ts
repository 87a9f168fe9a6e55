/** The top of the page: whether the run can be trusted, the run in one sentence, and its six figures. */
import { sumOf } from "@pipeline/shared/tally";
import type { Report } from "../report-schema.js";
import { bytes, compact, counted, duration, moment, number, percent, share } from "./format.js";
import { type Html, html } from "./html.js";

export function headline(report: Report): Html {
  const badge = report.balanced
    ? html`<span class="badge">✓ Every document accounted for</span>`
    : html`<span class="badge bad">✗ Sums do not hold</span>`;
  return html`<header><div class="top"><h1>Data quality of <span class="break">${report.dataset}</span> · ${moment(report.finishedAt)}</h1>${badge}</div>
<p class="lead">${sentenceOf(report)}</p>${alert(report)}</header>
<dl class="tiles">${tilesOf(report).map(
    ({ name, value, note }) => html`<div class="tile"><dt>${name}</dt><dd class="value">${value}</dd><dd class="note">${note}</dd></div>`,
  )}</dl>`;
}

/** The run in one sentence; the Markdown report opens with it too. */
export function sentenceOf({ documents, chunks }: Report): string {
  if (documents.in === 0) return "Nothing came in: the source held no documents for this run.";
  const accepted = `${number(chunks.kept)} (${percent(chunks.kept, chunks.in)}) were accepted`;
  return `Of ${counted(documents.in, "document")} ${number(documents.kept)} were kept; they gave ${counted(chunks.in, "chunk")}, of which ${accepted}.`;
}

const SHOWN = 20; // a run of a thousand batches can fail a thousand times

/** What does not add up, as far as a reader needs it; report.json has all of it. */
export function shownImbalances({ imbalances }: Report): string[] {
  if (imbalances.length <= SHOWN) return imbalances;
  return [...imbalances.slice(0, SHOWN), `and ${number(imbalances.length - SHOWN)} more, in report.json`];
}

function alert(report: Report): Html | null {
  const mixture = `The dataset mixes documents of ${report.datasetState.length} different recipes, tokenizers, budgets or code versions.`;
  const problems = [...shownImbalances(report), ...(report.mixed ? [mixture] : [])];
  if (problems.length === 0) return null;
  return html`<div class="alert" role="alert"><strong>Look here first</strong><ul>${problems.map((text) => html`<li class="break">${text}</li>`)}</ul></div>`;
}

interface Tile {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

function tilesOf(report: Report): Tile[] {
  const { documents, chunks, tokens, quality } = report;
  return [
    {
      name: "Documents kept",
      value: percent(documents.kept, documents.in),
      note: `${number(documents.kept)} of ${number(documents.in)}`,
    },
    {
      name: "Chunks filtered",
      value: chunks.in === 0 ? "–" : `${number(report.percentChunksFiltered)} %`,
      note: `${number(sumOf(chunks.dropped))} of ${number(chunks.in)}`,
    },
    {
      name: "Tokens per chunk",
      value: tokens ? number(Math.round(tokens.mean)) : "–",
      note: tokens ? `mean; median ${number(tokens.median)}; ${compact(tokens.total)} in all` : "no chunks",
    },
    {
      name: "Quality",
      value: share(quality?.median),
      note: quality ? `median score; 9 in 10 between ${share(quality.p5)} and ${share(quality.p95)}` : "no chunks",
    },
    {
      name: "Chunks with personal data",
      value: percent(report.piiChunks, chunks.kept),
      note: `${counted(sumOf(report.pii), "value")} found`,
    },
    {
      name: "Speed",
      value: `${number(report.megabytesPerSecond)} MB/s`,
      note: `${bytes(report.rawBytes)} in ${duration(report.seconds)}`,
    },
  ];
}
