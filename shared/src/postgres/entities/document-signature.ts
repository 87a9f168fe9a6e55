/** What duplicates are found by: the exact hash of a kept document's normalised text, and its MinHash. */
import { EntitySchema } from "typeorm";
import { integer, NULLABLE, PRIMARY, text, uuid } from "./columns.js";

export interface DocumentSignature {
  documentId: string;
  dataset: string;
  exactSha256: string;
  /** Unsigned 32-bit in TypeScript; the column holds the same bits as signed integers, half the size of bigint. */
  minhash: readonly number[] | null;
}

const asSigned = {
  to: (values: readonly number[] | null) => values?.map((value) => value | 0) ?? null,
  from: (values: readonly number[] | null) => values?.map((value) => value >>> 0) ?? null,
};

export const documentSignatureEntity = new EntitySchema<DocumentSignature>({
  name: "DocumentSignature",
  tableName: "document_signature",
  columns: {
    documentId: uuid({ ...PRIMARY, foreignKey: { target: "Document", onDelete: "CASCADE" }, comment: "The document." }),
    dataset: text({ comment: "Its dataset." }),
    exactSha256: text({ name: "exact_sha256", comment: "SHA-256 of its normalised text." }),
    minhash: integer({ ...NULLABLE, array: true, transformer: asSigned, comment: "MinHash, unsigned 32-bit values stored as signed." }),
  },
  indices: [{ name: "document_signature_exact_idx", columns: ["dataset", "exactSha256", "documentId"], synchronize: false }],
});
