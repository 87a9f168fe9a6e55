/** A batch of chunks to accepted and rejected ones: neighbours are rejoined document by document, and every chunk is accounted for. */
import type { Step } from "@pipeline/shared/batch-step";
import { invalidData } from "@pipeline/shared/errors";
import { ExampleCollector } from "@pipeline/shared/example-collector";
import { bucketOf } from "@pipeline/shared/metrics";
import { type ChunkRecord, chunkSchema, type DocumentRecord, documentSchema } from "@pipeline/shared/records";
import type { TaskContext } from "@pipeline/shared/run-task";
import { inOneGo, LONG_WORK } from "@pipeline/shared/stop-signal";
import { turnTaker } from "@pipeline/shared/turn";
import { groupByDocument } from "./group-by-document.js";
import { type ValidatedChunk, type ValidatedDocument, type ValidateSettings, validateChunks } from "./validate-chunks.js";

export async function validate(step: Step<ValidateSettings>, { signal }: TaskContext): Promise<void> {
  const accepted = step.part("accepted");
  const rejected = step.part("rejected");
  const examples = new ExampleCollector("chunk");
  const takeTurn = turnTaker(signal);
  const documents = step.records("documents", (value) => documentSchema.parse(value));
  const chunks = step.records("chunks", (value) => chunkSchema.parse(value));
  for await (const { document, chunks: own } of groupByDocument<DocumentRecord, ChunkRecord>(documents, chunks)) {
    await takeTurn();
    const judge = () => validateChunks(document, own, step.settings);
    const validated = isLong(own) ? await inOneGo(signal, judge) : judge();
    if (validated.left > 0)
      throw invalidData("pii_left", `document ${document.id}: ${validated.left} values that should have been redacted are still there`);
    for (const chunk of validated.chunks) {
      count(step, document, chunk, examples);
      const { kind, record } = chunk.outcome;
      await (kind === "accepted" ? accepted : rejected).write(record);
    }
    countDocument(step, document, validated);
    for (const part of [accepted, rejected]) await part.mayEnd();
  }
  const part = step.part("examples");
  for (const example of examples.toRecords()) await part.write(example);
}

const isLong = (chunks: readonly ChunkRecord[]): boolean => chunks.reduce((sum, { text }) => sum + text.length, 0) > LONG_WORK;

function count(
  step: Step<ValidateSettings>,
  { path }: DocumentRecord,
  { chunk, rules, outcome }: ValidatedChunk,
  examples: ExampleCollector,
): void {
  const { chunks, metrics } = step;
  chunks.receive();
  metrics.addTo("nonAlphanumericRatios", hundredth(outcome.record.nonAlphanumericRatio));
  for (const { set, name, passed } of rules) if (!passed) metrics.addTo("ruleFailures", `${set}.${name}`);
  if (outcome.kind === "rejected") {
    const { reason, value } = outcome.record;
    chunks.drop(reason);
    examples.add(outcome.record, path, chunk.text);
    if (typeof value === "number") metrics.addTo(`values.${reason}`, bucketOf(value));
    return;
  }
  const { quality, pii, flags } = outcome.record;
  chunks.keep();
  metrics.addTo("tokens", chunk.tokens);
  metrics.addTo("scores", hundredth(quality.score));
  if (pii.length > 0) metrics.add("piiChunks");
  for (const flag of flags) metrics.addTo("flags", flag);
}

function countDocument({ metrics }: Step<ValidateSettings>, { status }: DocumentRecord, { chunks, pii }: ValidatedDocument): void {
  for (const { type, tags } of pii.spans) {
    metrics.addTo("pii", type);
    for (const tag of tags ?? []) metrics.addTo("piiTags", tag);
  }
  const hasAccepted = chunks.some(({ outcome }) => outcome.kind === "accepted");
  if (status === "kept" && !hasAccepted) metrics.add("documentsWithoutChunks");
}

const hundredth = (value: number): number => Math.round(value * 100) / 100;
