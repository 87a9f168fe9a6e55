/** load: documents, accepted and rejected chunks in; rows out. */
import { batchStep, type Step } from "@pipeline/shared/batch-step";
import { openDatabase } from "@pipeline/shared/postgres/database";
import { requireSchema } from "@pipeline/shared/postgres/schema";
import { acceptedSchema, documentSchema, rejectedSchema, signatureSchema } from "@pipeline/shared/records";
import { defineTask, type TaskContext } from "@pipeline/shared/run-task";
import { loadContextOf } from "./context.js";
import { joinRecords } from "./join-records.js";
import { loadBatch } from "./load-batch.js";

export const loadTask = defineTask({
  name: "load",
  summary: "stores a batch's documents, chunks and rejections in PostgreSQL",
  options: {},
  sections: [],
  run: batchStep({
    receives: { documents: "documents", chunks: "accepted" },
    keeps: {},
    reusable: false,
    resolve: () => ({ settings: {}, recorded: {} }),
    work: load,
  }),
});

async function load(step: Step<object>, context: TaskContext): Promise<void> {
  const database = await openDatabase(context.databaseUrl(), { applicationName: context.task, poolSize: 2, signal: context.signal });
  try {
    await requireSchema(database);
    const documents = joinRecords({
      documents: step.records("documents", (value) => documentSchema.parse(value)),
      accepted: step.records("accepted", (value) => acceptedSchema.parse(value)),
      rejected: step.records("rejected", (value) => rejectedSchema.parse(value)),
      signatures: step.records("signatures", (value) => signatureSchema.parse(value)),
    });
    const refused = (documentId: string, sqlState: string, subject: string) =>
      context.logger.warn("row refused", { documentId, sqlState, subject });
    await loadBatch(database, loadContextOf(step.input, context), documents, { ...step, refused }, context.signal);
  } finally {
    await database.close();
  }
}
