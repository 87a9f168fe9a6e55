/** One band of a MinHash: documents that share a band are candidates for being near-duplicates. */
import { EntitySchema } from "typeorm";
import { PRIMARY, smallint, text, uuid } from "./columns.js";

export interface SignatureBand {
  dataset: string;
  band: number;
  /** 64 bits; a string, because a number cannot hold them. */
  hash: string;
  documentId: string;
}

export const signatureBandEntity = new EntitySchema<SignatureBand>({
  name: "SignatureBand",
  tableName: "signature_band",
  columns: {
    dataset: text(PRIMARY),
    band: smallint(PRIMARY),
    hash: { type: "bigint", primary: true },
    documentId: uuid({ ...PRIMARY, foreignKey: { target: "DocumentSignature", onDelete: "CASCADE" } }),
  },
  indices: [{ name: "signature_band_document_idx", columns: ["documentId"], synchronize: false }],
});
