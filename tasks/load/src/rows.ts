/** Records of the parts to rows of the tables. */
import type { Chunk } from "@pipeline/shared/postgres/entities/chunk";
import type { NewRow } from "@pipeline/shared/postgres/entities/columns";
import type { Document } from "@pipeline/shared/postgres/entities/document";
import type { DocumentSignature } from "@pipeline/shared/postgres/entities/document-signature";
import type { Rejection } from "@pipeline/shared/postgres/entities/rejection";
import type { AcceptedRecord, DocumentRecord, RejectedRecord, SignatureRecord } from "@pipeline/shared/records";
import type { LoadContext } from "./load-batch.js";

/** All that the parts say about one document. */
export interface LoadedDocument {
  readonly document: DocumentRecord;
  readonly accepted: readonly AcceptedRecord[];
  readonly rejected: readonly RejectedRecord[];
  readonly signature: SignatureRecord | null;
}

export type DocumentRow = NewRow<Document>;
type ChunkRow = NewRow<Chunk>;
type RejectionRow = NewRow<Rejection>;

export function documentRowOf({ document, accepted }: LoadedDocument, context: LoadContext): DocumentRow {
  const { encoding, language, drop, cleaning } = document;
  return {
    ...identityOf(document, context),
    encoding: encoding?.name ?? null,
    encodingConfidence: encoding?.confidence ?? null,
    language: language?.code ?? null,
    languageConfidence: language?.confidence ?? null,
    verdict: document.status,
    dropReason: drop?.reason ?? null,
    dropValue: drop?.value ?? null,
    dropThreshold: drop?.threshold ?? null,
    failureCode: document.failure?.code ?? null,
    rules: document.rules,
    metrics: document.metrics,
    cleaning: cleaning && { ...cleaning, encoding },
    loadKey: context.loadKeyOf(document),
    acceptedChunks: accepted.length,
  };
}

/** The row of a document that the database refused: only what cannot be what it refused. */
export function refusedRowOf({ document }: LoadedDocument, context: LoadContext, code: string): DocumentRow {
  const nothing = { encoding: null, encodingConfidence: null, language: null, languageConfidence: null, cleaning: null };
  const noDrop = { dropReason: null, dropValue: null, dropThreshold: null };
  const identity = identityOf(document, context);
  const { path, fileName, sourceUri } = identity;
  return {
    ...identity,
    ...nothing,
    ...noDrop,
    path: storable(path),
    fileName: storable(fileName),
    sourceUri: storable(sourceUri),
    verdict: "failed",
    failureCode: code,
    rules: [],
    metrics: {},
    loadKey: null,
    acceptedChunks: 0,
  };
}

/** PostgreSQL takes no NUL and no half of a surrogate pair. */
const storable = (name: string): string => name.toWellFormed().replaceAll("\0", "\uFFFD");

function identityOf(document: DocumentRecord, context: LoadContext) {
  return {
    id: document.id,
    dataset: context.run.dataset,
    path: document.path,
    fileName: document.fileName,
    sourceUri: context.sourceUriOf(document.path),
    rawSha256: document.rawSha256,
    rawBytes: document.rawBytes,
    recipeSha256: context.run.recipeSha256,
    runStartedAt: context.run.startedAt,
    duplicateOf: null, // of the version before, if any; lineage looks again
    similarity: null,
    retiredAt: null,
    ingestId: context.makers.ingest.id,
    transformationId: context.makers.cleanChunk.id,
    loadId: context.load.id,
  };
}

export function chunkRowsOf({ document, accepted }: LoadedDocument, context: LoadContext): ChunkRow[] {
  const { run, tokenizer, maxTokens, makers } = context;
  return accepted.map((record) => ({
    id: record.id,
    documentId: document.id,
    dataset: run.dataset,
    fileName: document.fileName,
    ordinal: record.ordinal,
    text: record.text,
    tokenizer,
    maxTokens,
    tokenCount: record.tokens,
    overlap: record.overlap,
    charStart: record.charStart,
    charEnd: record.charEnd,
    byteStart: record.byteStart,
    byteEnd: record.byteEnd,
    origin: record.origin,
    qualityScore: record.quality.score,
    quality: record.quality.components,
    nonAlphanumericRatio: record.nonAlphanumericRatio,
    hasPii: record.pii.length > 0,
    pii: record.pii,
    piiTypes: [...new Set(record.pii.map(({ type }) => type))].sort(),
    flags: record.flags,
    language: document.language?.code ?? null,
    contentSha256: record.textSha256,
    transformationId: makers.validate.id,
    processedAt: makers.validate.finishedAt!,
  }));
}

/** A dropped document's own rejection, and those of its chunks. */
export function rejectionRowsOf({ document, rejected }: LoadedDocument, context: LoadContext): RejectionRow[] {
  const { makers, run } = context;
  const base = { documentId: document.id, dataset: run.dataset };
  const rows: RejectionRow[] = rejected.map(({ tokens, quality, ...record }) => ({
    ...record,
    ...base,
    level: "chunk",
    tokenCount: tokens,
    qualityScore: quality,
    transformationId: makers.validate.id,
  }));
  if (document.drop)
    rows.push({ ...NOWHERE, ...base, ...document.drop, id: document.id, level: "document", transformationId: makers.cleanChunk.id });
  return rows;
}

const NOWHERE = {
  ordinal: null,
  charStart: null,
  charEnd: null,
  byteStart: null,
  byteEnd: null,
  tokenCount: null,
  qualityScore: null,
  nonAlphanumericRatio: null,
  pii: {},
};

export function signatureRowsOf({ signature }: LoadedDocument, { run }: LoadContext): DocumentSignature[] {
  if (!signature) return [];
  return [
    { documentId: signature.documentId, dataset: run.dataset, exactSha256: signature.exactSha256, minhash: signature.minhash ?? null },
  ];
}
