/** A task's database, open as long as its work takes. */
import type { TaskContext } from "../run-task.js";
import { type Database, openDatabase } from "./database.js";
import { requireSchema } from "./schema.js";

/** What `work` gives. Throws 78 unless the database has this code's schema, 75 when it cannot be reached now. */
export async function withDatabase<T>(context: TaskContext, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(context.databaseUrl(), { applicationName: context.task, poolSize: 2, signal: context.signal });
  try {
    await requireSchema(database);
    return await work(database);
  } finally {
    await database.close();
  }
}
