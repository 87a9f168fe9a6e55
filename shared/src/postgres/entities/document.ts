/** A document: one source file as it was last loaded, with what was decided about it. */
import { EntitySchema } from "typeorm";
import type { Cleaning, Encoding } from "../../records.js";
import type { RuleResult } from "../../verdict.js";
import { bigint, createdAt, integer, jsonb, NULLABLE, number, PRIMARY, text, timestamp, updatedAt, uuid } from "./columns.js";

type Scalar = number | string | null;

export interface Document {
  /** documentIdOf(dataset, path). */
  id: string;
  dataset: string;
  path: string;
  fileName: string;
  /** Where it lay when a run last met it. */
  sourceUri: string;
  /** null where the bytes could not be read. */
  rawSha256: string | null;
  rawBytes: number;
  encoding: string | null;
  encodingConfidence: number | null;
  language: string | null;
  languageConfidence: number | null;
  verdict: "kept" | "dropped" | "failed";
  dropReason: string | null;
  dropValue: Scalar;
  dropThreshold: Scalar;
  failureCode: string | null;
  /** Every rule's value, for kept documents too: what another threshold would do is a query. */
  rules: readonly RuleResult[];
  metrics: Readonly<Record<string, number>>;
  /** The decisions that turn any slice of the raw bytes into the same text again. */
  cleaning: (Cleaning & { readonly encoding: Encoding | null }) | null;
  recipeSha256: string;
  /** What the stored rows were made from; equal keys mean that there is nothing to load. null after a failure. */
  loadKey: string | null;
  /** Start of the newest run that met the document: an older run changes nothing here any more. */
  runStartedAt: Date;
  acceptedChunks: number;
  /** The kept document that this one repeats; a property of the dataset, set by lineage. */
  duplicateOf: string | null;
  similarity: number | null;
  /** Since when the source does not hold it any more. */
  retiredAt: Date | null;
  /** The ingest transformation that read its bytes. */
  ingestId: string;
  /** The clean-chunk transformation that decided about it. */
  transformationId: string;
  /** The load transformation that last wrote its rows. */
  loadId: string;
  createdAt: Date;
  updatedAt: Date;
}

export const documentEntity = new EntitySchema<Document>({
  name: "Document",
  tableName: "document",
  columns: {
    id: uuid(PRIMARY),
    dataset: text(),
    path: text(),
    fileName: text(),
    sourceUri: text(),
    rawSha256: text({ ...NULLABLE, name: "raw_sha256" }),
    rawBytes: bigint(),
    encoding: text(NULLABLE),
    encodingConfidence: number(NULLABLE),
    language: text(NULLABLE),
    languageConfidence: number(NULLABLE),
    verdict: text(),
    dropReason: text(NULLABLE),
    dropValue: jsonb(NULLABLE),
    dropThreshold: jsonb(NULLABLE),
    failureCode: text(NULLABLE),
    rules: jsonb({ default: [] }),
    metrics: jsonb({ default: {} }),
    cleaning: jsonb(NULLABLE),
    recipeSha256: text({ name: "recipe_sha256" }),
    loadKey: text(NULLABLE),
    runStartedAt: timestamp(),
    acceptedChunks: integer(),
    duplicateOf: uuid({ ...NULLABLE, foreignKey: { target: "Document" } }),
    similarity: number(NULLABLE),
    retiredAt: timestamp(NULLABLE),
    ingestId: uuid({ foreignKey: { target: "Lineage" } }),
    transformationId: uuid({ foreignKey: { target: "Lineage" } }),
    loadId: uuid({ foreignKey: { target: "Lineage" } }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  checks: [
    { name: "document_raw_bytes_check", expression: "raw_bytes >= 0" },
    { name: "document_verdict_check", expression: "verdict in ('kept', 'dropped', 'failed')" },
    { name: "document_dropped_check", expression: "(verdict = 'dropped') = (drop_reason is not null)" },
    { name: "document_failed_check", expression: "(verdict = 'failed') = (failure_code is not null)" },
    { name: "document_accepted_chunks_check", expression: "accepted_chunks >= 0 and (verdict = 'kept' or accepted_chunks = 0)" },
    { name: "document_duplicate_check", expression: "(duplicate_of is null) = (similarity is null) and duplicate_of <> id" },
    { name: "document_similarity_check", expression: "similarity between 0 and 1" },
  ],
  indices: [
    { name: "document_state_idx", columns: ["dataset", "recipeSha256", "transformationId"], synchronize: false },
    { name: "document_verdict_idx", columns: ["dataset", "verdict", "dropReason"], synchronize: false },
    { name: "document_ingest_idx", columns: ["ingestId"], synchronize: false },
    { name: "document_transformation_idx", columns: ["transformationId"], synchronize: false },
    { name: "document_load_idx", columns: ["loadId"], synchronize: false },
    { name: "document_duplicate_of_idx", columns: ["duplicateOf"], synchronize: false },
    { name: "document_raw_sha256_idx", columns: ["rawSha256"], synchronize: false },
    { name: "document_path_idx", columns: ["path"], synchronize: false },
    { name: "document_file_name_idx", columns: ["fileName"], synchronize: false },
  ],
});
