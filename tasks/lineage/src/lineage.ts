/** A run's objects to its conclusion in a database that is opened for it. */
import { withDatabase } from "@pipeline/shared/postgres/with-database";
import type { TaskContext } from "@pipeline/shared/run-task";
import { concludeRun } from "./conclude-run.js";

/** As withDatabase and concludeRun. */
export function lineage(context: TaskContext, truthUri: string | null): Promise<void> {
  return withDatabase(context, (database) => concludeRun(context, database, truthUri));
}
