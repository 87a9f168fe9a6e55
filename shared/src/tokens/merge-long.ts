/** Byte pair merging of long pieces in n log n: a heap hands out the pairs by rank, then from left to right. */
import { type MergeTable, mergeOf, NONE } from "./merge-table.js";

/** A pair's key in the heap is rank * REACH + offset of its left part: exact in a double up to 2^34 bytes for 18-bit ranks. */
const REACH = 2 ** 34;
/** Pieces of up to so many bytes are merged in arrays that are used again. */
const KEPT_BYTES = 8192;

/** How many tokens bytes[0, length) come to: the same answer as `countMerged`, for pieces of any length. */
export function countMergedLong(table: MergeTable, bytes: Uint8Array, length: number): number {
  const parts = length <= KEPT_BYTES ? keptParts : new Parts(length);
  parts.fill(table, bytes, length);
  return parts.mergeAll();
}

/** A list of parts, doubly linked by the offset of their first byte, with the ranks of their pairs. */
class Parts {
  private table!: MergeTable;
  /** Of the piece, in bytes. */
  private size = 0;
  private length = 0;
  private readonly heap: MinHeap;
  private readonly ids: Int32Array;
  private readonly ranks: Int32Array;
  private readonly next: Int32Array;
  private readonly previous: Int32Array;

  constructor(capacity: number) {
    this.heap = new MinHeap(3 * capacity); // one entry a pair at first, two at most for each merge
    this.ids = new Int32Array(capacity);
    this.ranks = new Int32Array(capacity);
    this.next = new Int32Array(capacity);
    this.previous = new Int32Array(capacity);
  }

  /** Starts anew, with one part a byte. */
  fill(table: MergeTable, bytes: Uint8Array, length: number): void {
    this.table = table;
    this.size = length;
    this.length = length;
    for (let at = 0; at < length; at++) {
      this.ids[at] = table.byteIds[bytes[at]!]!;
      this.next[at] = at + 1;
      this.previous[at] = at - 1;
      this.offer(at, at + 1 < length ? table.bytePairs[(bytes[at]! << 8) | bytes[at + 1]!]! : NONE);
    }
  }

  /** Merges while any pair does, and gives how many parts are left. */
  mergeAll(): number {
    const { heap } = this;
    while (heap.length > 0) {
      const key = heap.take();
      const rank = Math.floor(key / REACH);
      this.merge(key - rank * REACH, rank);
    }
    return this.length;
  }

  /** Merges the pair at `at`, unless it has meanwhile become another one. */
  private merge(at: number, rank: number): void {
    if (this.ranks[at] !== rank) return;
    const { ids, next, previous, table } = this;
    const swallowed = next[at]!;
    const after = next[swallowed]!;
    ids[at] = rank;
    this.ranks[swallowed] = NONE;
    next[at] = after;
    this.length--;
    if (after < this.size) previous[after] = at;
    this.offer(at, after < this.size ? mergeOf(table, rank, ids[after]!) : NONE);
    const before = previous[at]!;
    if (before >= 0) this.offer(before, mergeOf(table, ids[before]!, rank));
  }

  private offer(at: number, rank: number): void {
    this.ranks[at] = rank;
    if (rank !== NONE) this.heap.add(rank * REACH + at);
  }
}
/** A binary heap of doubles with a fixed capacity. */
class MinHeap {
  length = 0;
  private readonly keys: Float64Array;

  constructor(capacity: number) {
    this.keys = new Float64Array(capacity);
  }

  add(key: number): void {
    const { keys } = this;
    let at = this.length++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (keys[parent]! <= key) break;
      keys[at] = keys[parent]!;
      at = parent;
    }
    keys[at] = key;
  }

  take(): number {
    const { keys } = this;
    const lowest = keys[0]!;
    const key = keys[--this.length]!;
    let at = 0;
    for (let child = 1; child < this.length; child = 2 * at + 1) {
      if (child + 1 < this.length && keys[child + 1]! < keys[child]!) child++;
      if (keys[child]! >= key) break;
      keys[at] = keys[child]!;
      at = child;
    }
    keys[at] = key;
    return lowest;
  }
}

const keptParts = new Parts(KEPT_BYTES);
