/** A report to the part of it that another run over the same input, on another machine, gives again: what may be kept under version control. */
import { type Report, reportSchema } from "./report-schema.js";

const ANY_TIME = "2000-01-01T00:00:00.000Z";

/** Names, times, places, code versions and what the database held before are blanked; every figure about the data stays. */
export function stableReport(report: Report): Report {
  return reportSchema.parse({
    ...report,
    runId: "run",
    source: "",
    codeVersions: {},
    startedAt: ANY_TIME,
    finishedAt: ANY_TIME,
    seconds: 0,
    megabytesPerSecond: 0,
    stored: { inserted: 0, replaced: 0, unchanged: 0 },
    steps: report.steps.map((step) => ({ ...step, reused: 0, seconds: 0 })),
    attempts: { ok: 0, failed: {}, lost: 0 },
    datasetState: report.datasetState.map((state) => ({ ...state, codeVersion: "" })),
  } satisfies Report);
}
