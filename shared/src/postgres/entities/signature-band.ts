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
    dataset: text({ ...PRIMARY, comment: "The documents' dataset." }),
    band: smallint({ ...PRIMARY, comment: "Number of the band." }),
    hash: { type: "bigint", primary: true, comment: "64 bits over the band's rows." },
    documentId: uuid({ ...PRIMARY, foreignKey: { target: "DocumentSignature", onDelete: "CASCADE" }, comment: "The document." }),
  },
  indices: [{ name: "signature_band_document_idx", columns: ["documentId"], synchronize: false }],
});
