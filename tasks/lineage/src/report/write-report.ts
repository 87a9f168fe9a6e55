/** A report to its files below the run's prefix. */
import { sha256Of } from "@pipeline/shared/ids";
import type { Part } from "@pipeline/shared/manifest";
import { type Place, uriBelow } from "@pipeline/shared/places";
import type { ObjectStore } from "@pipeline/shared/ports/object-store";
import { dataCard } from "./render/data-card.js";
import { reportMarkdown } from "./render/markdown.js";
import { reportPage } from "./render/page.js";
import type { Report } from "./report-schema.js";

const FILES: Readonly<Record<string, (report: Report) => string>> = {
  "report.json": (report) => `${JSON.stringify(report, null, 2)}\n`,
  "report.html": reportPage,
  "report.md": (report) => reportMarkdown(report),
  "datacard.md": dataCard,
};

/** The names of a report's files, each below its run's prefix. */
export const REPORT_FILES: readonly string[] = Object.keys(FILES);

/** Writes all of the report's files; says what it wrote. */
export async function writeReport(store: ObjectStore, { root, runId }: Pick<Place, "root" | "runId">, report: Report): Promise<Part[]> {
  const parts: Part[] = [];
  for (const [name, render] of Object.entries(FILES)) {
    const key = `runs/${runId}/${name}`;
    const body = Buffer.from(render(report));
    await store.put(key, body);
    parts.push({ name, uri: uriBelow(root, key), sha256: sha256Of(body), bytes: body.length, records: 1 });
  }
  return parts;
}
