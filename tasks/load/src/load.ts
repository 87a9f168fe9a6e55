/** A batch's records to rows of the database, which is opened for it. */
import type { Step } from "@pipeline/shared/batch-step";
import { withDatabase } from "@pipeline/shared/postgres/with-database";
import { acceptedSchema, documentSchema, rejectedSchema, signatureSchema } from "@pipeline/shared/records";
import type { TaskContext } from "@pipeline/shared/run-task";
import { loadContextOf } from "./context.js";
import { joinRecords } from "./join-records.js";
import { loadBatch } from "./load-batch.js";

/** As withDatabase and loadBatch. */
export function load(step: Step<object>, context: TaskContext): Promise<void> {
  return withDatabase(context, async (database) => {
    const documents = joinRecords({
      documents: step.records("documents", (value) => documentSchema.parse(value)),
      accepted: step.records("accepted", (value) => acceptedSchema.parse(value)),
      rejected: step.records("rejected", (value) => rejectedSchema.parse(value)),
      signatures: step.records("signatures", (value) => signatureSchema.parse(value)),
    });
    const refused = (documentId: string, sqlState: string, subject: string) =>
      context.logger.warn("row refused", { documentId, sqlState, subject });
    await loadBatch(database, loadContextOf(step.input, context), documents, { ...step, refused }, context.signal);
  });
}
