/** Byte pair merging: the tokens that a short piece's bytes come to, always merging the adjacent pair of lowest rank. */
import { type MergeTable, mergeOf, NONE } from "./merge-table.js";

/** Pieces up to this many bytes are merged by scanning for the lowest rank; above, a heap is faster. */
export const SHORT_BYTES = 96;

const ids = new Int32Array(SHORT_BYTES);
/** ranks[i] is the rank of the pair (i, i + 1); the last one is NONE. */
const ranks = new Int32Array(SHORT_BYTES);

/** How many tokens bytes[0, length) come to; `length` is 1 to SHORT_BYTES. */
export function countMerged(table: MergeTable, bytes: Uint8Array, length: number): number {
  const { byteIds, bytePairs } = table;
  let last = length - 1;
  for (let i = 0; i < last; i++) {
    ids[i] = byteIds[bytes[i]!]!;
    ranks[i] = bytePairs[(bytes[i]! << 8) | bytes[i + 1]!]!;
  }
  ids[last] = byteIds[bytes[last]!]!;
  ranks[last] = NONE;
  while (last > 0) {
    const at = lowest(last);
    if (ranks[at] === NONE) break;
    ids[at] = ranks[at]!;
    removeAfter(at, last);
    last--;
    ranks[at] = at < last ? mergeOf(table, ids[at]!, ids[at + 1]!) : NONE;
    if (at > 0) ranks[at - 1] = mergeOf(table, ids[at - 1]!, ids[at]!);
  }
  return last + 1;
}

/** Index of the first of the lowest ranks in ranks[0, end). */
function lowest(end: number): number {
  let at = 0;
  let rank = ranks[0]!;
  for (let i = 1; i < end; i++) {
    if (ranks[i]! < rank) {
      rank = ranks[i]!;
      at = i;
    }
  }
  return at;
}

/** Takes out what the part at `at` has swallowed. */
function removeAfter(at: number, last: number): void {
  for (let i = at + 1; i < last; i++) {
    ids[i] = ids[i + 1]!;
    ranks[i] = ranks[i + 1]!;
  }
}
