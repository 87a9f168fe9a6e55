/** Token counts of the pieces met lately, in arrays of fixed size: keys are copied units, so no document is kept alive by one of its words. */

/** Longer pieces are rare and seldom come again. */
export const LONGEST_KEY = 24;
const SLOTS = 1 << 14;
const LENGTH_BITS = 5;

export class PieceCache {
  private readonly hashes = new Int32Array(SLOTS);
  /** count << LENGTH_BITS | length; 0 in an empty slot. */
  private readonly counts = new Int32Array(SLOTS);
  private readonly keys = new Uint16Array(SLOTS * LONGEST_KEY);

  /** The count kept for units[start, end), which hashes to `hash`, or 0. */
  find(hash: number, units: Uint16Array, start: number, end: number): number {
    const slot = hash & (SLOTS - 1);
    const found = this.match(slot, hash, units, start, end);
    return found !== 0 ? found : this.match(slot ^ 1, hash, units, start, end);
  }

  /** Keeps a count in place of the older of the two at home there. */
  keep(hash: number, units: Uint16Array, start: number, end: number, count: number): void {
    const slot = hash & (SLOTS - 1);
    const home = slot * LONGEST_KEY;
    this.hashes[slot ^ 1] = this.hashes[slot]!;
    this.counts[slot ^ 1] = this.counts[slot]!;
    this.keys.copyWithin((slot ^ 1) * LONGEST_KEY, home, home + LONGEST_KEY);
    this.hashes[slot] = hash;
    this.counts[slot] = (count << LENGTH_BITS) | (end - start);
    for (let i = start; i < end; i++) this.keys[home + i - start] = units[i]!;
  }

  private match(slot: number, hash: number, units: Uint16Array, start: number, end: number): number {
    if (this.hashes[slot] !== hash) return 0;
    const entry = this.counts[slot]!;
    if ((entry & ((1 << LENGTH_BITS) - 1)) !== end - start) return 0;
    const home = slot * LONGEST_KEY - start;
    for (let i = start; i < end; i++) if (this.keys[home + i] !== units[i]) return 0;
    return entry >> LENGTH_BITS;
  }
}

/** Hash of units[start, end), spread so that its low bits choose a slot. */
export function hashOf(units: Uint16Array, start: number, end: number): number {
  let hash = end - start;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ units[i]!, 0x5bd1e995) ^ (hash >>> 15);
  return hash ^ (hash >>> 13);
}
