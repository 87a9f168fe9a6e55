/** A rejection: a document or chunk that was dropped, why, and where its text lies; never the text. */
import { EntitySchema } from "typeorm";
import { bigint, createdAt, integer, jsonb, NULLABLE, number, PRIMARY, text, uuid } from "./columns.js";

type Scalar = number | string | null;

/** What each field means stands once, as the comment of its column. */
export interface Rejection {
  id: string;
  documentId: string;
  dataset: string;
  level: "document" | "chunk";
  ordinal: number | null;
  reason: string;
  value: Scalar;
  threshold: Scalar;
  charStart: number | null;
  charEnd: number | null;
  byteStart: number | null;
  byteEnd: number | null;
  tokenCount: number | null;
  qualityScore: number | null;
  nonAlphanumericRatio: number | null;
  pii: Readonly<Record<string, number>>;
  transformationId: string;
  createdAt: Date;
}

export const rejectionEntity = new EntitySchema<Rejection>({
  name: "Rejection",
  tableName: "rejection",
  columns: {
    id: uuid({ ...PRIMARY, comment: "Of what was dropped: the document's id, or the one that the chunk would have had." }),
    documentId: uuid({ foreignKey: { target: "Document", onDelete: "CASCADE" }, comment: "The document that it is, or is a slice of." }),
    dataset: text({ comment: "The document's dataset." }),
    level: text({ comment: "document or chunk." }),
    ordinal: integer({ ...NULLABLE, comment: "Place among the document's chunks; null for a document, as are the places below." }),
    reason: text({ comment: "The first rule that it failed." }),
    value: jsonb({ ...NULLABLE, comment: "What that rule measured." }),
    threshold: jsonb({ ...NULLABLE, comment: "What it allows." }),
    charStart: integer({ ...NULLABLE, comment: "First code point in the cleaned document." }),
    charEnd: integer({ ...NULLABLE, comment: "Code point after the last one." }),
    byteStart: bigint({ ...NULLABLE, comment: "First byte in the raw file." }),
    byteEnd: bigint({ ...NULLABLE, comment: "Byte after the last one." }),
    tokenCount: integer({ ...NULLABLE, comment: "Tokens of the text." }),
    qualityScore: number({ ...NULLABLE, comment: "The score that the chunk would have had." }),
    nonAlphanumericRatio: number({ ...NULLABLE, comment: "Share of characters that are no letter, mark or number, white space left out." }),
    pii: jsonb({ default: {}, comment: "Type of personal data -> spans found in it." }),
    transformationId: uuid({
      foreignKey: { target: "Lineage" },
      comment: "The transformation that refused it: clean-chunk a document, validate a chunk.",
    }),
    createdAt: createdAt(),
  },
  checks: [
    { name: "rejection_level_check", expression: "level in ('document', 'chunk')" },
    {
      name: "rejection_place_check",
      expression: "(level = 'chunk') = (num_nulls(ordinal, char_start, char_end, byte_start, byte_end) = 0)",
    },
  ],
  indices: [
    { name: "rejection_document_idx", columns: ["documentId", "ordinal"], synchronize: false },
    { name: "rejection_reason_idx", columns: ["dataset", "level", "reason", "documentId", "ordinal"], synchronize: false },
    { name: "rejection_transformation_idx", columns: ["transformationId"], synchronize: false },
  ],
});
