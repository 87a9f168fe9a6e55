/** A chunk: a token-bounded slice of a cleaned document, scored and traced to the bytes it came from. */
import { EntitySchema } from "typeorm";
import type { PiiSpanRecord } from "../../records.js";
import { TSV_EXPRESSION } from "../text-search.js";
import { bigint, boolean, createdAt, integer, jsonb, NULLABLE, number, PRIMARY, text, timestamp, updatedAt, uuid } from "./columns.js";

export interface Chunk {
  /** chunkIdOf(documentId, raw sha256, charStart, charEnd, contentSha256). */
  id: string;
  documentId: string;
  dataset: string;
  fileName: string;
  ordinal: number;
  text: string;
  tokenizer: string;
  maxTokens: number;
  tokenCount: number;
  /** How many leading UTF-16 units repeat the end of the chunk before. */
  overlap: number;
  /** Code points into the cleaned document. */
  charStart: number;
  charEnd: number;
  /** Bytes of the raw file; `origin` says whether exactly these gave the text, or a slightly wider range. */
  byteStart: number;
  byteEnd: number;
  origin: "exact" | "widened";
  qualityScore: number;
  quality: Readonly<Record<string, number>>;
  nonAlphanumericRatio: number;
  hasPii: boolean;
  /** Where and of what type, in code points of `text`; never the value. */
  pii: readonly PiiSpanRecord[];
  flags: readonly string[];
  language: string | null;
  /** For searching; made by the database and never selected unasked. */
  tsv?: string;
  contentSha256: string;
  /** The validate transformation that made it. */
  transformationId: string;
  processedAt: Date;
  createdAt: Date;
  updatedAt: Date;
}

export const chunkEntity = new EntitySchema<Chunk>({
  name: "Chunk",
  tableName: "chunk",
  columns: {
    id: uuid(PRIMARY),
    documentId: uuid({ foreignKey: { target: "Document", onDelete: "CASCADE" } }),
    dataset: text(),
    fileName: text(),
    ordinal: integer(),
    text: text(),
    tokenizer: text(),
    maxTokens: integer(),
    tokenCount: integer(),
    overlap: integer(),
    charStart: integer(),
    charEnd: integer(),
    byteStart: bigint(),
    byteEnd: bigint(),
    origin: text(),
    qualityScore: number(),
    quality: jsonb(),
    nonAlphanumericRatio: number(),
    hasPii: boolean(),
    pii: jsonb({ default: [] }),
    flags: text({ array: true, default: "{}" }),
    language: text(NULLABLE),
    tsv: {
      type: "tsvector",
      nullable: true,
      asExpression: TSV_EXPRESSION,
      generatedType: "STORED",
      select: false,
      insert: false,
      update: false,
    },
    contentSha256: text({ name: "content_sha256" }),
    transformationId: uuid({ foreignKey: { target: "Lineage" } }),
    processedAt: timestamp(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  uniques: [{ columns: ["documentId", "ordinal"] }],
  checks: [
    { name: "chunk_text_check", expression: "text <> ''" },
    { name: "chunk_token_count_check", expression: "token_count between 1 and max_tokens" },
    { name: "chunk_characters_check", expression: "char_start >= 0 and char_end > char_start" },
    { name: "chunk_bytes_check", expression: "byte_start >= 0 and byte_end >= byte_start" },
    { name: "chunk_origin_check", expression: "origin in ('exact', 'widened')" },
    { name: "chunk_quality_score_check", expression: "quality_score between 0 and 1" },
    { name: "chunk_non_alphanumeric_ratio_check", expression: "non_alphanumeric_ratio between 0 and 1" },
    { name: "chunk_has_pii_check", expression: "has_pii = (pii <> '[]'::jsonb)" },
  ],
  indices: [
    { name: "chunk_tsv_idx", columns: ["tsv"], synchronize: false },
    { name: "chunk_quality_idx", columns: ["dataset", "qualityScore"], synchronize: false },
    { name: "chunk_language_idx", columns: ["dataset", "language", "qualityScore"], synchronize: false },
    { name: "chunk_transformation_idx", columns: ["transformationId"], synchronize: false },
    { name: "chunk_content_sha256_idx", columns: ["contentSha256"], synchronize: false },
    { name: "chunk_has_pii_idx", columns: ["dataset", "documentId"], synchronize: false },
    { name: "chunk_pii_idx", columns: ["pii"], synchronize: false },
    { name: "chunk_created_at_idx", columns: ["createdAt"], synchronize: false },
  ],
});
