/** A source to its listed documents with their identities. */

import { encodedPath, fileNameOf } from "@pipeline/shared/document-path";
import { documentIdOf } from "@pipeline/shared/ids";
import type { Run } from "@pipeline/shared/manifest";
import type { Plannable } from "./batches.js";
import type { Source, SourceEntry } from "./sources/source.js";

export interface ListedDocument extends Plannable {
  readonly path: string;
  readonly fileName: string;
  readonly entry: SourceEntry;
}

type Named = Pick<Run, "dataset" | "sourceName">;

export interface Listing {
  readonly documents: readonly ListedDocument[];
  /** False when a folder could not be listed: then a document that is absent may still be there. */
  readonly isComplete: boolean;
}

/**
 * Every document of the source, with the id that dataset, source name and path give it. One of more than `maxBytes` counts as of none:
 * only its failure is packed, and it must not take a batch's room.
 */
export async function listDocuments(
  source: Source,
  maxBytes: number,
  { dataset, sourceName }: Named,
  signal: AbortSignal,
): Promise<Listing> {
  const prefix = sourceName === "" ? "" : `${encodedPath(Buffer.from(sourceName))}/`;
  const documents: ListedDocument[] = [];
  let isComplete = true;
  for await (const entry of source.list()) {
    signal.throwIfAborted();
    if (entry.failure === "unreadable_folder") isComplete = false;
    const path = prefix + encodedPath(entry.rawPath);
    const bytes = entry.bytes > maxBytes ? 0 : entry.bytes;
    documents.push({ id: documentIdOf(dataset, path), bytes, path, fileName: fileNameOf(entry.rawPath), entry });
  }
  return { documents, isComplete };
}
