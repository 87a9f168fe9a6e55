/** One listed document to its bytes and hash; too large or unreadable ones to a code instead. */
import { createHash } from "node:crypto";
import type { Source, SourceEntry } from "./sources/source.js";

/** What is larger is not even hashed to its end: a sparse file can claim exabytes, and a pipe into a file never ends. */
export const MAX_HASHED_BYTES = 1024 ** 3;

export interface ReadDocument {
  /** null with a failure. */
  readonly content: Buffer | null;
  /** null when the bytes could not be read to their end, or were not because they are too many. */
  readonly sha256: string | null;
  readonly rawBytes: number;
  readonly failure: string | null;
}

/** Reads to the end; past `maxBytes` only the hash goes on, so that memory is bounded by it. Throws what is no fault of this document. */
export async function readDocument(source: Source, entry: SourceEntry, maxBytes: number): Promise<ReadDocument> {
  if (entry.failure) return failed(entry.failure, entry.bytes);
  try {
    return await readPieces(source.open(entry), maxBytes, entry.bytes);
  } catch (error) {
    const failure = source.failureOf(error);
    if (failure === null) throw error;
    return failed(failure, entry.bytes);
  }
}

function failed(failure: string, rawBytes: number): ReadDocument {
  return { content: null, sha256: null, rawBytes, failure };
}

async function readPieces(content: AsyncIterable<Buffer>, maxBytes: number, listedBytes: number): Promise<ReadDocument> {
  const hash = createHash("sha256");
  let pieces: Buffer[] = [];
  let rawBytes = 0;
  for await (const piece of content) {
    rawBytes += piece.length;
    if (Math.max(rawBytes, listedBytes) > MAX_HASHED_BYTES)
      return { content: null, sha256: null, rawBytes: Math.max(rawBytes, listedBytes), failure: "too_large" };
    hash.update(piece);
    if (rawBytes <= maxBytes) pieces.push(piece);
    else pieces = [];
  }
  const sha256 = hash.digest("hex");
  if (rawBytes > maxBytes) return { content: null, sha256, rawBytes, failure: "too_large" };
  return { content: pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces), sha256, rawBytes, failure: null };
}
