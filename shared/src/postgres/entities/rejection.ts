/** A rejection: a document or chunk that was dropped, why, and where its text lies; never the text. */
import { EntitySchema } from "typeorm";
import { bigint, createdAt, integer, jsonb, NULLABLE, number, PRIMARY, text, uuid } from "./columns.js";

type Scalar = number | string | null;

export interface Rejection {
  /** Of what was dropped: the document's id, or the one that the chunk would have had. */
  id: string;
  documentId: string;
  dataset: string;
  level: "document" | "chunk";
  /** null at level document, as are the places below. */
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
  /** Type -> spans found in it. */
  pii: Readonly<Record<string, number>>;
  /** The transformation that refused it: clean-chunk a document, validate a chunk. */
  transformationId: string;
  createdAt: Date;
}

export const rejectionEntity = new EntitySchema<Rejection>({
  name: "Rejection",
  tableName: "rejection",
  columns: {
    id: uuid(PRIMARY),
    documentId: uuid({ foreignKey: { target: "Document", onDelete: "CASCADE" } }),
    dataset: text(),
    level: text(),
    ordinal: integer(NULLABLE),
    reason: text(),
    value: jsonb(NULLABLE),
    threshold: jsonb(NULLABLE),
    charStart: integer(NULLABLE),
    charEnd: integer(NULLABLE),
    byteStart: bigint(NULLABLE),
    byteEnd: bigint(NULLABLE),
    tokenCount: integer(NULLABLE),
    qualityScore: number(NULLABLE),
    nonAlphanumericRatio: number(NULLABLE),
    pii: jsonb({ default: {} }),
    transformationId: uuid({ foreignKey: { target: "Lineage" } }),
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
    { name: "rejection_reason_idx", columns: ["dataset", "level", "reason"], synchronize: false },
    { name: "rejection_transformation_idx", columns: ["transformationId"], synchronize: false },
  ],
});
