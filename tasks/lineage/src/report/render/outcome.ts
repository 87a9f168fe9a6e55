/** What became of documents and chunks: the funnel, and why what was lost was lost. */
import { sumOf } from "@pipeline/shared/tally";
import type { Report } from "../report-schema.js";
import { type Bar, barList, funnel, type Stage } from "./charts.js";
import { counted, number, percent, ranked } from "./format.js";
import { type Html, html } from "./html.js";

export function outcome(report: Report): Html {
  const { documents, chunks } = report;
  return html`<section class="wide"><h2>From documents to chunks</h2>${funnel(stagesOf(report))}</section>
<div class="grid">
<section><h2>Why documents were lost</h2><p class="hint">The first rule that a document fails names its reason; shares are of all documents.</p>
${barList(lossesOf(documents), documents.in, "Documents lost, by reason")}</section>
<section><h2>Why chunks were rejected</h2><p class="hint">A rejected chunk costs only itself; shares are of all chunks.</p>
${barList(lossesOf(chunks), chunks.in, "Chunks lost, by reason")}</section>
</div>`;
}

function stagesOf({ documents, chunks, documentsWithoutChunks }: Report): Stage[] {
  const withoutChunks = documentsWithoutChunks > 0 ? `; ${counted(documentsWithoutChunks, "kept document")} gave none` : "";
  return [
    { name: "Documents in", count: documents.in, of: documents.in, note: "" },
    {
      name: "Documents kept",
      count: documents.kept,
      of: documents.in,
      note: `${percent(documents.kept, documents.in)}; ${lostOf(documents)}`,
    },
    { name: "Chunks cut", count: chunks.in, of: chunks.in, note: "" },
    {
      name: "Chunks accepted",
      count: chunks.kept,
      of: chunks.in,
      note: `${percent(chunks.kept, chunks.in)}; ${lostOf(chunks)}${withoutChunks}`,
    },
  ];
}

function lostOf({ dropped, failed, superseded }: Report["documents"]): string {
  const parts = [`${number(sumOf(dropped))} dropped`, `${number(sumOf(failed))} failed`];
  return [...parts, ...(superseded > 0 ? [`${number(superseded)} already replaced by a newer run`] : [])].join(", ");
}

function lossesOf({ dropped, failed, superseded }: Report["documents"]): Bar[] {
  return [
    ...ranked(dropped).map(([name, count]): Bar => ({ name: html`<code>${name}</code>`, count, tone: "lost" })),
    ...ranked(failed).map(([name, count]): Bar => ({ name: html`failed: <code>${name}</code>`, count, tone: "failed" })),
    ...(superseded > 0 ? [{ name: "replaced by a newer run", count: superseded, tone: "muted" } as const] : []),
  ];
}
