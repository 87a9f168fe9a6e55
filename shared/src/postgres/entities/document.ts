/** A document: one source file as it was last loaded, with what was decided about it. */
import { EntitySchema } from "typeorm";
import type { Cleaning, Encoding } from "../../records.js";
import type { RuleResult } from "../../verdict.js";
import { bigint, createdAt, integer, jsonb, NULLABLE, number, PRIMARY, text, timestamp, updatedAt, uuid } from "./columns.js";

type Scalar = number | string | null;

/** What each field means stands once, as the comment of its column. */
export interface Document {
  id: string;
  dataset: string;
  path: string;
  fileName: string;
  sourceUri: string;
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
  rules: readonly RuleResult[];
  metrics: Readonly<Record<string, number>>;
  cleaning: (Cleaning & { readonly encoding: Encoding | null }) | null;
  recipeSha256: string;
  loadKey: string | null;
  runStartedAt: Date;
  acceptedChunks: number;
  duplicateOf: string | null;
  similarity: number | null;
  retiredAt: Date | null;
  ingestId: string;
  transformationId: string;
  loadId: string;
  createdAt: Date;
  updatedAt: Date;
}

export const documentEntity = new EntitySchema<Document>({
  name: "Document",
  tableName: "document",
  columns: {
    id: uuid({ ...PRIMARY, comment: "From dataset and path: a file that is renamed is another document." }),
    dataset: text({ comment: "The named collection that it belongs to." }),
    path: text({ comment: "Place below the source's root, percent-encoded as raw bytes." }),
    fileName: text({ comment: "Last part of the path, readable." }),
    sourceUri: text({ comment: "Where it lay when a run last met it." }),
    rawSha256: text({ ...NULLABLE, name: "raw_sha256", comment: "SHA-256 of the file's bytes; null where they could not be read." }),
    rawBytes: bigint({ comment: "Size of the file in bytes." }),
    encoding: text({ ...NULLABLE, comment: "Character encoding that it was decoded from." }),
    encodingConfidence: number({ ...NULLABLE, comment: "How sure that is, 0 to 1." }),
    language: text({ ...NULLABLE, comment: "ISO 639-1 code; null where it could not be told." }),
    languageConfidence: number({ ...NULLABLE, comment: "How sure that is, 0 to 1." }),
    verdict: text({ comment: "kept, dropped (by a rule, see drop_reason) or failed (see failure_code)." }),
    dropReason: text({ ...NULLABLE, comment: "The first rule that it failed." }),
    dropValue: jsonb({ ...NULLABLE, comment: "What that rule measured." }),
    dropThreshold: jsonb({ ...NULLABLE, comment: "What it allows." }),
    failureCode: text({ ...NULLABLE, comment: "Why it could not be processed." }),
    rules: jsonb({
      default: [],
      comment: "Every rule's value, threshold and outcome, of kept documents too: what another threshold would do is a query.",
    }),
    metrics: jsonb({ default: {}, comment: "What was measured: name -> number." }),
    cleaning: jsonb({ ...NULLABLE, comment: "The decisions that turn any slice of the raw bytes into the same text again." }),
    recipeSha256: text({ name: "recipe_sha256", comment: "Recipe of the run that last met it." }),
    loadKey: text({
      ...NULLABLE,
      comment: "What the stored rows were made from: equal keys mean that there is nothing to load; null after a failure.",
    }),
    runStartedAt: timestamp({ comment: "Start of the newest run that met it: an older run changes nothing here any more." }),
    acceptedChunks: integer({ comment: "How many rows of chunk it has." }),
    duplicateOf: uuid({
      ...NULLABLE,
      foreignKey: { target: "Document" },
      comment: "The kept document that this one repeats, a property of the dataset; null for one that stands for itself.",
    }),
    similarity: number({ ...NULLABLE, comment: "1 for an exact duplicate, less for a near one; null for one that stands for itself." }),
    retiredAt: timestamp({ ...NULLABLE, comment: "Since when the source does not hold it any more." }),
    ingestId: uuid({ foreignKey: { target: "Lineage" }, comment: "The ingest transformation that read its bytes." }),
    transformationId: uuid({ foreignKey: { target: "Lineage" }, comment: "The clean-chunk transformation that decided about it." }),
    loadId: uuid({
      foreignKey: { target: "Lineage" },
      comment: "The load transformation that last wrote its rows, or found them as they should be.",
    }),
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
    { name: "document_verdict_idx", columns: ["dataset", "verdict", "dropReason", "id"], synchronize: false },
    { name: "document_ingest_idx", columns: ["ingestId"], synchronize: false },
    { name: "document_transformation_idx", columns: ["transformationId"], synchronize: false },
    { name: "document_load_idx", columns: ["loadId"], synchronize: false },
    { name: "document_duplicate_of_idx", columns: ["duplicateOf"], synchronize: false },
    { name: "document_duplicate_idx", columns: ["dataset", "id"], synchronize: false },
    { name: "document_raw_sha256_idx", columns: ["rawSha256"], synchronize: false },
    { name: "document_path_idx", columns: ["path"], synchronize: false },
    { name: "document_file_name_idx", columns: ["fileName"], synchronize: false },
  ],
});
