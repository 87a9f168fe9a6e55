/** Counting by 32-bit hash in typed arrays: no string is made and no object allocated per entry. */

/** Spreads the bits of a hash (the finaliser of MurmurHash3), so that its low bits may pick a slot. */
export function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * Slots for at most `capacity` different hashes, linear probing. Two texts with one hash count as the same: at a million entries
 * that touches about a hundred of them, which no share of a text notices.
 */
export class HashTable {
  private readonly keys: Int32Array;
  private readonly mask: number;
  /** A number per slot for the caller: how often, or where last. */
  readonly counts: Int32Array;
  readonly lasts: Int32Array;

  constructor(capacity: number) {
    const size = 1 << (33 - Math.clz32(Math.max(7, capacity))); // at most half full
    this.keys = new Int32Array(size);
    this.counts = new Int32Array(size);
    this.lasts = new Int32Array(size);
    this.mask = size - 1;
  }

  /** The slot of a hash: its own if it was seen (counts > 0), else a free one that the caller claims by counting. */
  slot(hash: number): number {
    let slot = hash & this.mask;
    while (this.counts[slot] !== 0 && this.keys[slot] !== hash) slot = (slot + 1) & this.mask;
    this.keys[slot] = hash;
    return slot;
  }
}
