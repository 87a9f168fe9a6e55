/** Counting by 32-bit hash in typed arrays: no string is made and no object allocated per entry. */

/** Spreads the bits of a hash (the finaliser of MurmurHash3), so that its low bits may pick a slot. */
export function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const LARGEST_KEPT = 1 << 18; // slots (3 MB) that an idle table holds on to

/**
 * Slots for hashes, linear probing. Two texts with one hash count as the same: at a million entries that touches about a hundred
 * of them, which no share of a text notices. One table serves many documents: making typed arrays for each costs more than filling them.
 */
export class HashTable {
  private keys = new Int32Array(16);
  private mask = 15;
  /** A number per slot for the caller: how often, or where last. */
  counts = new Int32Array(16);
  lasts = new Int32Array(16);

  /** Empties the table and makes room for at most `capacity` different hashes. */
  reset(capacity: number): void {
    const size = 1 << (33 - Math.clz32(Math.max(7, capacity))); // at most half full
    const held = this.keys.length;
    if (size > held || (held > LARGEST_KEPT && size <= LARGEST_KEPT)) {
      this.keys = new Int32Array(size);
      this.counts = new Int32Array(size);
      this.lasts = new Int32Array(size);
    } else this.counts.fill(0, 0, size); // a key means nothing where the count is 0
    this.mask = size - 1;
  }

  /** The slot of a hash: its own if it was seen (counts > 0), else a free one that the caller claims by counting. */
  slot(hash: number): number {
    const { keys, counts, mask } = this;
    let slot = hash & mask;
    while (counts[slot] !== 0 && keys[slot] !== hash) slot = (slot + 1) & mask;
    keys[slot] = hash;
    return slot;
  }
}
