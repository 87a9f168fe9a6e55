/** A chunk: a token-bounded slice of a cleaned document, scored and traced to the bytes it came from. */
import { EntitySchema } from "typeorm";
import type { PiiSpanRecord } from "../../records.js";
import { TSV_EXPRESSION } from "../text-search.js";
import { bigint, boolean, createdAt, integer, jsonb, NULLABLE, number, PRIMARY, text, timestamp, updatedAt, uuid } from "./columns.js";

/** What each field means stands once, as the comment of its column. */
export interface Chunk {
  id: string;
  documentId: string;
  dataset: string;
  fileName: string;
  ordinal: number;
  text: string;
  tokenizer: string;
  maxTokens: number;
  tokenCount: number;
  overlap: number;
  charStart: number;
  charEnd: number;
  byteStart: number;
  byteEnd: number;
  origin: "exact" | "widened";
  qualityScore: number;
  quality: Readonly<Record<string, number>>;
  nonAlphanumericRatio: number;
  hasPii: boolean;
  pii: readonly PiiSpanRecord[];
  piiTypes: readonly string[];
  flags: readonly string[];
  language: string | null;
  tsv?: string;
  contentSha256: string;
  transformationId: string;
  processedAt: Date;
  createdAt: Date;
  updatedAt: Date;
}

export const chunkEntity = new EntitySchema<Chunk>({
  name: "Chunk",
  tableName: "chunk",
  columns: {
    id: uuid({
      ...PRIMARY,
      comment: "From the document's id, the raw file's hash, the place and the text's hash: the same text there has the same id.",
    }),
    documentId: uuid({ foreignKey: { target: "Document", onDelete: "CASCADE" }, comment: "The document that it is a slice of." }),
    dataset: text({ comment: "The document's dataset." }),
    fileName: text({ comment: "The document's file name, readable; document.path is exact." }),
    ordinal: integer({ comment: "Place among the document's chunks, from 0; rejected ones leave gaps." }),
    text: text({ comment: "The cleaned text." }),
    tokenizer: text({ comment: "Encoding that tokens were counted in, such as o200k_base." }),
    maxTokens: integer({ comment: "Budget that the document was cut to." }),
    tokenCount: integer({ comment: "Tokens of the text in that encoding; never over the budget." }),
    overlap: integer({ comment: "How many leading UTF-16 units repeat the end of the chunk before." }),
    charStart: integer({ comment: "First code point in the cleaned document." }),
    charEnd: integer({ comment: "Code point after the last one in the cleaned document." }),
    byteStart: bigint({ comment: "First byte in the raw file." }),
    byteEnd: bigint({ comment: "Byte after the last one in the raw file." }),
    origin: text({ comment: "exact: cleaning these bytes alone gives this text; widened: they hold a little more." }),
    qualityScore: number({ comment: "Weighted geometric mean of the components, 0 to 1." }),
    quality: jsonb({ comment: "Component of the score -> its value, 0 to 1." }),
    nonAlphanumericRatio: number({ comment: "Share of characters that are no letter, mark or number, white space left out." }),
    hasPii: boolean({ comment: "Whether personal data was found." }),
    pii: jsonb({ default: [], comment: "Spans of personal data: type, score, start and end in code points of the text; never the value." }),
    piiTypes: text({ array: true, default: "{}", comment: "The different types in pii, sorted." }),
    flags: text({ array: true, default: "{}", comment: "Rules that remark on it and do not reject, such as special_token_literal." }),
    language: text({ ...NULLABLE, comment: "ISO 639-1 code of the document's language; null where it could not be told." }),
    tsv: {
      type: "tsvector",
      nullable: true,
      asExpression: TSV_EXPRESSION,
      generatedType: "STORED",
      select: false,
      insert: false,
      update: false,
      comment: "For full text search: the text's words, stemmed in its language.",
    },
    contentSha256: text({ name: "content_sha256", comment: "SHA-256 of the text in UTF-8." }),
    transformationId: uuid({ foreignKey: { target: "Lineage" }, comment: "The validate transformation that made it." }),
    processedAt: timestamp({ comment: "When that transformation ended." }),
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
    { name: "chunk_has_pii_check", expression: "has_pii = (pii <> '[]'::jsonb) and has_pii = (pii_types <> '{}')" },
  ],
  indices: [
    { name: "chunk_document_idx", columns: ["dataset", "documentId", "ordinal"], synchronize: false },
    { name: "chunk_tsv_idx", columns: ["tsv"], synchronize: false },
    { name: "chunk_quality_idx", columns: ["dataset", "qualityScore", "id"], synchronize: false },
    { name: "chunk_language_idx", columns: ["dataset", "language", "qualityScore", "id"], synchronize: false },
    { name: "chunk_transformation_idx", columns: ["transformationId"], synchronize: false },
    { name: "chunk_content_sha256_idx", columns: ["contentSha256"], synchronize: false },
    { name: "chunk_has_pii_idx", columns: ["dataset", "documentId", "ordinal"], synchronize: false },
    { name: "chunk_pii_types_idx", columns: ["piiTypes"], synchronize: false },
    { name: "chunk_created_at_idx", columns: ["dataset", "createdAt", "id"], synchronize: false },
  ],
});
