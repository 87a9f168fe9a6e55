/** Small batches for tests of what the database holds: documents named by a word, chunks given by their texts. */
import { type LoadContext, type LoadFigures, loadBatch } from "@pipeline/load/load-batch";
import type { LoadedDocument } from "@pipeline/load/rows";
import { chunkIdOf, documentIdOf, sha256Of } from "@pipeline/shared/ids";
import { MetricCounter, type Metrics } from "@pipeline/shared/metrics";
import type { Database } from "@pipeline/shared/postgres/database";
import type { TransformationRow } from "@pipeline/shared/postgres/entities/lineage";
import { transformationOfMaker } from "@pipeline/shared/postgres/transformation";
import type { AcceptedRecord, DocumentRecord, RejectedRecord } from "@pipeline/shared/records";
import { type Counts, Tally } from "@pipeline/shared/tally";

export const DATASET = "corpus";
export const BATCH = "0123456789abcdef";

/** A transformation that ended well. */
export function transformation(runId: string, task: string, batchId: string, more: Partial<TransformationRow> = {}): TransformationRow {
  const recipe = { name: "default", sha256: sha256Of("recipe") };
  const options = { tokenizer: "o200k_base", maxTokens: 512 };
  const times = { startedAt: "2026-11-01T00:00:00Z", finishedAt: "2026-11-01T00:01:00Z" };
  const maker = { task, runId, batchId, attempt: 1, fingerprint: null, method: null, codeVersion: "code", recipe, options, ...times };
  return { ...transformationOfMaker(maker), ...more };
}

/** The context of a run that began on that day of November. */
export function contextOf(day: number, recipe = "recipe"): LoadContext {
  const runId = `run-${day}`;
  return {
    run: {
      id: runId,
      dataset: DATASET,
      source: "file:///texts",
      partition: null,
      recipeName: "default",
      recipeSha256: sha256Of(recipe),
      startedAt: new Date(Date.UTC(2026, 10, day)),
    },
    makers: {
      ingest: transformation(runId, "ingest", ""),
      cleanChunk: transformation(runId, "clean-chunk", BATCH),
      validate: transformation(runId, "validate", BATCH),
    },
    load: transformation(runId, "load", BATCH, { status: "running", finishedAt: null }),
    tokenizer: "o200k_base",
    maxTokens: 512,
    loadKeyOf: ({ rawSha256 }) => rawSha256 && sha256Of(`${rawSha256} ${recipe}`),
    sourceUriOf: (path) => `file:///texts/${path}`,
  };
}

export interface Texts {
  readonly accepted?: readonly string[];
  readonly rejected?: readonly string[];
  readonly dropped?: string;
  readonly failed?: string;
  readonly change?: (loaded: LoadedDocument) => LoadedDocument;
}

/** A document of that name with chunks of these texts. */
export function documentOf(name: string, texts: Texts): LoadedDocument {
  const { accepted = [], rejected = [], dropped, failed } = texts;
  const id = documentIdOf(DATASET, `${name}.txt`);
  const raw = JSON.stringify(texts);
  const document: DocumentRecord = {
    id,
    path: `${name}.txt`,
    fileName: `${name}.txt`,
    rawSha256: sha256Of(raw),
    rawBytes: raw.length,
    status: failed ? "failed" : dropped ? "dropped" : "kept",
    failure: failed ? { code: failed } : null,
    drop: dropped ? { reason: dropped, value: 3, threshold: 20 } : null,
    encoding: { name: "utf-8", confidence: 1, source: "utf-8", replaced: 0 },
    language: { code: "en", confidence: 0.9 },
    rules: [{ set: "default", name: "too_short", value: 3, threshold: 20, passed: !dropped }],
    metrics: { characters: raw.length },
    cleaning: { html: false, code: false, steps: {}, removedShare: 0 },
    chunks: accepted.length + rejected.length,
  };
  const chunks = [...accepted, ...rejected].map((text, ordinal) => chunkOf(document, text, ordinal));
  const loaded = {
    document,
    accepted: chunks.slice(0, accepted.length),
    rejected: chunks.slice(accepted.length).map(rejectionOf),
    signature: document.status === "kept" ? { documentId: id, exactSha256: sha256Of(accepted.join("\n")) } : null,
  };
  return texts.change ? texts.change(loaded) : loaded;
}

function chunkOf(document: DocumentRecord, text: string, ordinal: number): AcceptedRecord {
  const start = ordinal * 1000;
  const textSha256 = sha256Of(text);
  const end = start + [...text].length;
  return {
    id: chunkIdOf(document.id, document.rawSha256!, start, end, textSha256),
    documentId: document.id,
    ordinal,
    text,
    overlap: 0,
    charStart: start,
    charEnd: end,
    byteStart: start,
    byteEnd: end,
    origin: "exact",
    tokens: Math.min(512, text.split(/\s+/).length),
    textSha256,
    quality: { score: 0.83, components: { words: 0.83 } },
    nonAlphanumericRatio: 0.1,
    pii: text.includes("@") ? [{ type: "email", start: 0, end: 3, score: 1 }] : [],
    flags: [],
  };
}

function rejectionOf({ text, textSha256, overlap, origin, flags, pii, quality, ...place }: AcceptedRecord): RejectedRecord {
  return { ...place, reason: "non_alphanumeric", value: 0.5, threshold: 0.3, quality: quality.score, pii: {} };
}

export interface Loaded {
  readonly documents: Counts;
  readonly chunks: Counts;
  readonly metrics: Metrics;
  readonly refused: readonly string[];
}

/** Loads documents, given as name -> texts, as one batch. */
export async function load(database: Database, context: LoadContext, documents: Readonly<Record<string, Texts>>): Promise<Loaded> {
  const batch = Object.entries(documents).map(([name, texts]) => documentOf(name, texts));
  batch.sort((a, b) => (a.document.id < b.document.id ? -1 : 1));
  return loadRecords(database, context, batch);
}

export async function loadRecords(database: Database, context: LoadContext, batch: Iterable<LoadedDocument>): Promise<Loaded> {
  const refused: string[] = [];
  const figures: LoadFigures = {
    documents: new Tally(),
    chunks: new Tally(),
    metrics: new MetricCounter(),
    refused: (id, sqlState, subject) => refused.push([id, sqlState, subject].join(" ")),
  };
  await loadBatch(database, context, each(batch), figures);
  const { documents, chunks, metrics } = figures;
  return { documents: documents.toCounts(), chunks: chunks.toCounts(), metrics: metrics.toMetrics(), refused };
}

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

/** All that the tables hold but times of their own, in order: equal dumps mean equal databases. */
export async function dump(database: Database): Promise<Record<string, unknown>> {
  const tables = { document: "path", chunk: "document_id, ordinal", rejection: "id", document_signature: "document_id" };
  const dumped: Record<string, unknown> = {};
  for (const [table, order] of Object.entries(tables)) {
    const sql = `select to_jsonb(t) - '{created_at,updated_at,run_started_at,load_id,ingest_id,transformation_id,tsv}'::text[] as row from ${table} t order by ${order}`;
    Object.assign(dumped, { [table]: (await database.query<{ row: unknown }>("dumping", sql)).map(({ row }) => row) });
  }
  return dumped;
}

/** "<path> <ordinal> <text>" of every chunk. */
export async function chunkTexts(database: Database): Promise<string[]> {
  const sql = "select concat_ws(' ', d.path, c.ordinal, c.text) as line from chunk c join document d on d.id = c.document_id order by 1";
  return (await database.query<{ line: string }>("reading chunks", sql)).map(({ line }) => line);
}
