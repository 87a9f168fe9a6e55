/** A run's objects to its conclusion in a database that is opened for it. */
import { openDatabase } from "@pipeline/shared/postgres/database";
import { requireSchema } from "@pipeline/shared/postgres/schema";
import type { TaskContext } from "@pipeline/shared/run-task";
import { concludeRun } from "./conclude-run.js";

/** As concludeRun; also throws 78 unless the database has this code's schema, 75 when it cannot be reached now. */
export async function lineage(context: TaskContext, truthUri: string | null): Promise<void> {
  const database = await openDatabase(context.databaseUrl(), { applicationName: context.task, poolSize: 2, signal: context.signal });
  try {
    await requireSchema(database);
    await concludeRun(context, database, truthUri);
  } finally {
    await database.close();
  }
}
