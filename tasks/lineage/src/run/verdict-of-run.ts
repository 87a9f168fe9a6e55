/** A report to whether its run may be called done: the error that says why not, or null. */
import { invalidData, nothingToDo, type PipelineError } from "@pipeline/shared/errors";
import type { Report } from "../report/report-schema.js";

const SHOWN = 3; // the report has them all

/** 65 (`unbalanced`, `removal_limit`) when something is unaccounted for or too much was lost, 99 (`no_documents`) when nothing came in. */
export function problemOf({ imbalances, documents }: Report, limit: number | null): PipelineError | null {
  if (imbalances.length > 0) {
    const more = imbalances.length > SHOWN ? `; and ${imbalances.length - SHOWN} more in report.json` : "";
    return invalidData("unbalanced", `the run is not complete: ${imbalances.slice(0, SHOWN).join("; ")}${more}`);
  }
  if (documents.in === 0) return nothingToDo("no_documents", "no document came in: there is nothing to account for");
  const lost = documents.in - documents.kept - documents.superseded;
  if (limit === null || lost / documents.in <= limit) return null;
  const share = (lost / documents.in).toFixed(3);
  return invalidData("removal_limit", `${lost} of ${documents.in} documents lost (${share}), more than limits.run allows (${limit})`);
}
