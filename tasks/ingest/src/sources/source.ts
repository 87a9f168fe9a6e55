/** Where documents come from: a small port that a directory, a bucket or, later, a dataset hub can be. */
/** A document as listed, before its bytes are read. */
export interface SourceEntry {
  /** Below the source root; bytes, because names need not be UTF-8. */
  readonly rawPath: Buffer;
  /** As listed; what is read may differ, since files grow. */
  readonly bytes: number;
  /** Set when it cannot be read, whatever one tries: symlink, not_a_file, unreadable_folder. */
  readonly failure: string | null;
}

export interface Source {
  /** Every document, in no particular order. Throws 78 when the source itself is not there. */
  list(): AsyncIterable<SourceEntry>;
  /** The bytes of a document, piece by piece. Throws; `failureOf` tells whether this document alone is at fault. */
  open(entry: SourceEntry): AsyncIterable<Buffer>;
  /** The failure that an error while reading means for this document alone; null when the source as a whole is in trouble. */
  failureOf(error: unknown): string | null;
}

/** Only files with this ending are documents. */
export function isDocumentName(name: Buffer): boolean {
  return /\.txt$/i.test(name.subarray(-4).toString("latin1"));
}
