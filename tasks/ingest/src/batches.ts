/** Documents to batches by their ids and their number: one added or removed changes one batch, or splits or joins two; only another mean cuts all anew. */

/** What planning needs of a document. */
export interface Plannable {
  readonly id: string;
  readonly bytes: number;
}

/** A batch is one read and one container: enough documents to be worth a start, few enough to be retried without regret. */
const SMALLEST_MEAN = 64;
/** At most about this many batches: the scheduler maps a task group over them. */
const MOST_BATCHES = 500;
const MAX_BATCH_BYTES = 256 * 1024 * 1024;
/** Bits of an id that are pure hash: the first 12 hexadecimal digits of a uuid. */
const ID_BITS = 48;

/** The mean number of documents in a batch for a source of `count`: 64, or the next power of two of count / 500. */
export function meanBatchSize(count: number): number {
  return Math.max(SMALLEST_MEAN, 2 ** Math.ceil(Math.log2(Math.max(1, count / MOST_BATCHES))));
}

/**
 * Groups in ascending id order. A group with more than twice the mean, or with too many bytes, is halved by the next bit of the ids;
 * ids are hashes, so halves are even. A document more touches one group, two when that one is halved.
 */
export function planBatches<T extends Plannable>(documents: readonly T[], mean: number): T[][] {
  const sorted = [...documents].sort((a, b) => (a.id < b.id ? -1 : 1));
  return sorted.length === 0 ? [] : halved(sorted, 0, 2 * mean);
}

/** Of all of them together. */
export function bytesOf(documents: readonly Plannable[]): number {
  return documents.reduce((sum, document) => sum + document.bytes, 0);
}

function halved<T extends Plannable>(documents: readonly T[], depth: number, most: number): T[][] {
  const fits = documents.length <= most && bytesOf(documents) <= MAX_BATCH_BYTES;
  if (fits || documents.length === 1 || depth === ID_BITS) return [[...documents]];
  const middle = documents.findIndex(({ id }) => bitOf(id, depth) === 1);
  const halves = middle <= 0 ? [documents] : [documents.slice(0, middle), documents.slice(middle)];
  return halves.flatMap((half) => halved(half, depth + 1, most));
}

function bitOf(id: string, depth: number): number {
  const at = depth >> 2;
  const digit = Number.parseInt(id[at < 8 ? at : at + 1]!, 16); // a dash stands behind the first eight
  return (digit >> (3 - (depth & 3))) & 1;
}
