/** The report of a run and its data card, from the object store to the folder where the user looks for them. */
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Report, reportSchema } from "@pipeline/lineage/report/report-schema";
import { REPORT_FILES } from "@pipeline/lineage/report/write-report";
import type { ObjectStore } from "@pipeline/shared/ports/object-store";

/** Copies the report's files to `out`; null when the run has none. */
export async function copyReports(store: ObjectStore, runId: string, out: string): Promise<Report | null> {
  await mkdir(out, { recursive: true });
  let report: Report | null = null;
  for (const name of REPORT_FILES) {
    const stored = await store.get(`runs/${runId}/${name}`);
    if (stored === null) continue;
    await replaceFile(join(out, name), stored.body);
    if (name === "report.json") report = reportSchema.parse(JSON.parse(stored.body.toString("utf8")));
  }
  return report;
}

/** Whoever reads it meets the last run's or this one's, never half of it; on a full disk none is left behind. */
async function replaceFile(path: string, body: Buffer): Promise<void> {
  const aside = `${path}.writing`;
  try {
    await writeFile(aside, body);
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
}
