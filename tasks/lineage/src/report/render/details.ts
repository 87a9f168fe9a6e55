/** What a reader looks up: rules with their reasons and examples, steps and sums, and what made all this. */
import { sumOf } from "@pipeline/shared/tally";
import type { Report } from "../report-schema.js";
import { duration, moment, number, ranked } from "./format.js";
import { type Content, type Html, html } from "./html.js";

export function details(report: Report): Html {
  return html`${rules(report)}${examples(report)}${steps(report)}${provenance(report)}`;
}

function rules({ rules }: Report): Html {
  const rows = rules.map(
    ({ name, level, limit, because, fired }) => html`<tr><th scope="row"><code>${name}</code><br><span class="soft">${level}</span></th>
<td>${limit}</td><td class="num">${fired === 0 ? html`<span class="soft">never</span>` : number(fired)}</td><td>${because}</td></tr>`,
  );
  return html`<section class="wide"><h2>Rules, and why</h2>
<p class="hint">How often each fired, also where an earlier rule named the reason. A rule that never fires is unneeded, or misspelt.</p>
<div class="scroll"><table class="lines"><caption>Rules of the recipe</caption><thead><tr><th>Rule</th><th>Drops when</th><th class="num">Fired</th><th>Because</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

function examples({ examples, values }: Report): Html | null {
  const reasons = Object.entries(examples);
  if (reasons.length === 0) return null;
  return html`<section class="wide"><h2>Examples</h2>
<p class="hint">Masked to their shape: x is a letter, 0 a digit. At most five per reason.</p>${reasons.map(([reason, list]) => exampleGroup(reason, list, values[reason]))}</section>`;
}

function exampleGroup(reason: string, list: Report["examples"][string], spread: Report["values"][string] | undefined): Html {
  const summary = spread
    ? html` <span class="soft">values: median ${number(spread.median)}, from ${number(spread.min)} to ${number(spread.max)}</span>`
    : null;
  const rows = list.map(
    ({
      path,
      value,
      threshold,
      shape,
    }) => html`<tr><td class="break"><code>${path}</code></td><td class="num">${scalar(value)}</td><td class="num">${scalar(threshold)}</td>
<td><code class="shape">${shape}</code></td></tr>`,
  );
  return html`<details><summary><code>${reason}</code>${summary}</summary>
<div class="scroll"><table class="lines"><caption>Examples of ${reason}</caption><thead><tr><th>Document</th><th class="num">Value</th><th class="num">Limit</th><th>Shape</th></tr></thead><tbody>${rows}</tbody></table></div></details>`;
}

const scalar = (value: number | string | null): string => (typeof value === "number" ? number(value) : (value ?? "–"));

function steps({ steps, attempts, stored }: Report): Html {
  const rows = steps.map(
    ({
      task,
      batches,
      reused,
      seconds,
      documents,
      chunks,
    }) => html`<tr><th scope="row"><code>${task}</code></th><td class="num">${number(batches)}</td>
<td class="num">${number(reused)}</td>${countCells(documents)}${countCells(chunks)}<td class="num">${duration(seconds)}</td></tr>`,
  );
  const failed = ranked(attempts.failed).map(([code, count]) => `${number(count)} × ${code}`);
  return html`<section class="wide"><h2>Steps</h2>
<p class="hint">Attempts: ${number(attempts.ok)} ok, ${number(sumOf(attempts.failed))} failed${failed.length > 0 ? ` (${failed.join(", ")})` : ""}, ${number(attempts.lost)} lost.
Database: ${number(stored.inserted)} documents new, ${number(stored.replaced)} replaced, ${number(stored.unchanged)} unchanged.</p>
<div class="scroll"><table class="lines"><caption>Sums of each step</caption><thead><tr><th>Step</th><th class="num">Batches</th><th class="num">Reused</th><th class="num">Documents in</th><th class="num">kept</th><th class="num">Chunks in</th><th class="num">kept</th><th class="num">At work</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

function countCells(counts: Report["documents"]): Html {
  if (counts.in === 0) return html`<td class="num soft">–</td><td class="num soft">–</td>`;
  return html`<td class="num">${number(counts.in)}</td><td class="num">${number(counts.kept)}</td>`;
}

function provenance(report: Report): Html {
  const { duplicates, recipe } = report;
  const facts: [string, Content][] = [
    ["Source", report.source],
    ["Partition", report.partition ?? "whole source"],
    ["Dataset", report.dataset],
    ["Run", html`<code>${report.runId}</code>`],
    ["Started, finished", `${moment(report.startedAt)}, ${moment(report.finishedAt)}`],
    ["Recipe", html`${recipe.name} <code>${recipe.sha256}</code>`],
    ["Tokenizer, budget", `${report.tokenizer}, ${number(report.maxTokens)} tokens`],
    ["Exact duplicates", number(duplicates.exact)],
    ["Near-duplicates", duplicates.near === null ? "not yet covered" : number(duplicates.near)],
    [
      "Byte ranges",
      ranked(report.origins)
        .map(([kind, count]) => `${number(count)} chunks ${kind}`)
        .join(", ") || "–",
    ],
    ["Code", Object.entries(report.codeVersions).map(([task, version]) => html`${task} <code>${version}</code><br>`)],
  ];
  return html`<section class="wide"><h2>What made it</h2><table class="lines"><caption>Provenance of the run</caption><tbody>
${facts.map(([name, value]) => html`<tr><th scope="row">${name}</th><td class="break">${value}</td></tr>`)}</tbody></table></section>`;
}
