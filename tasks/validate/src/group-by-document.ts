/** Two streams in the same order, documents and what belongs to them, to one stream of documents with all that is theirs. */
import { invalidData } from "@pipeline/shared/errors";

export interface Grouped<D, C> {
  readonly document: D;
  readonly chunks: readonly C[];
}

/** Each document with its chunks. Throws 65 (`orphan_chunk`) when a chunk belongs to no document at its place. */
export async function* groupByDocument<D extends { readonly id: string }, C extends { readonly documentId: string }>(
  documents: AsyncIterable<D>,
  chunks: AsyncIterable<C>,
): AsyncGenerator<Grouped<D, C>> {
  const iterator = chunks[Symbol.asyncIterator]();
  let next = await iterator.next();
  for await (const document of documents) {
    const own: C[] = [];
    for (; !next.done && next.value.documentId === document.id; next = await iterator.next()) own.push(next.value);
    yield { document, chunks: own };
  }
  if (!next.done) throw invalidData("orphan_chunk", `a chunk of document ${next.value.documentId} stands where that document does not`);
}
