/** A batch of raw documents to documents with verdicts, chunks and signatures. */
import type { Step } from "@pipeline/shared/batch-step";
import { ExampleCollector } from "@pipeline/shared/example-collector";
import { errorFields } from "@pipeline/shared/logger";
import { bucketOf, type MetricCounter } from "@pipeline/shared/metrics";
import { type DocumentRecord, type IndexEntry, indexEntrySchema } from "@pipeline/shared/records";
import type { TaskContext } from "@pipeline/shared/run-task";
import { inOneGo, LONG_WORK } from "@pipeline/shared/stop-signal";
import { turnTaker } from "@pipeline/shared/turn";
import { packReader } from "./pack-reader.js";
import { failedDocument, type Processed, type ProcessSettings, processDocument } from "./process-document.js";

/** Every entry of the batch's index gives one document record: kept, dropped with a reason, or failed with a code. */
export async function cleanChunk(step: Step<ProcessSettings>, context: TaskContext): Promise<void> {
  const documents = step.part("documents");
  const chunks = step.part("chunks");
  const signatures = step.part("signatures");
  const examples = new ExampleCollector("document");
  const bytesOf = packReader(context, step.input);
  const takeTurn = turnTaker(context.signal);
  const settings = { ...step.settings }; // reads the token table: without it the batch fails here, not each document by itself
  for await (const entry of step.records("index", (value) => indexEntrySchema.parse(value))) {
    await takeTurn();
    const processed = await processEntry(entry, bytesOf, settings, context);
    count(step, processed, examples);
    await documents.write(processed.document);
    for (const chunk of processed.chunks) await chunks.write(chunk);
    if (processed.signature) await signatures.write(processed.signature);
    for (const part of [documents, chunks, signatures]) await part.mayEnd();
  }
  const part = step.part("examples");
  for (const example of examples.toRecords()) await part.write(example);
}

async function processEntry(
  entry: IndexEntry,
  bytesOf: (entry: IndexEntry) => Promise<Buffer>,
  settings: ProcessSettings,
  { logger, signal }: TaskContext,
): Promise<Processed> {
  const failed = (code: string) => ({ document: failedDocument(entry, code), chunks: [], signature: null, text: "", chunkedText: "" });
  if (entry.failure) return failed(entry.failure.code);
  const content = await bytesOf(entry);
  try {
    const process = () => processDocument(entry, content, settings);
    return content.length > LONG_WORK ? await inOneGo(signal, process) : process();
  } catch (error) {
    signal.throwIfAborted();
    // A document that meets a fault of ours must not take its batch along: it fails alone, and the log says where.
    logger.error("document failed", { documentId: entry.id, ...errorFields(error) });
    return failed("processing_error");
  }
}

function count(step: Step<ProcessSettings>, { document, chunks, text }: Processed, examples: ExampleCollector): void {
  const { documents, metrics } = step;
  documents.receive();
  if (document.status === "kept") documents.keep();
  else if (document.drop) {
    documents.drop(document.drop.reason);
    examples.add(document.drop, document.path, text);
    if (typeof document.drop.value === "number") metrics.addTo(`values.${document.drop.reason}`, bucketOf(document.drop.value));
  } else documents.fail(document.failure!.code);
  step.chunks.receive(chunks.length);
  step.chunks.keep(chunks.length);
  for (const { tokens, origin } of chunks) {
    metrics.addTo("chunkTokens", tokens);
    metrics.addTo("origins", origin);
  }
  countDocument(metrics, document);
}

function countDocument(metrics: MetricCounter, { rawBytes, encoding, language, cleaning, rules, metrics: numbers }: DocumentRecord): void {
  metrics.add("rawBytes", rawBytes);
  metrics.add("characters", numbers.characters ?? 0);
  if (encoding) {
    metrics.addTo("encodings", encoding.name);
    metrics.addTo("encodingSources", encoding.source);
  }
  if (language) metrics.addTo("languages", language.code);
  if (cleaning) {
    metrics.add("documentsHtml", Number(cleaning.html));
    metrics.add("documentsCode", Number(cleaning.code));
    for (const [name, edits] of Object.entries(cleaning.steps)) {
      metrics.addTo("repairs", name, edits);
      metrics.addTo("repairedDocuments", name);
    }
  }
  for (const { set, name, passed } of rules) if (!passed) metrics.addTo("ruleFailures", `${set}.${name}`);
}
