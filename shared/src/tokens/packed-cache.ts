/** Token counts of the short Latin pieces met lately, most of what is ever counted: twelve units in three integers, so that a look-up is one line of memory. */

/** Longer pieces, and those with a unit above U+00FF, do not fit. */
export const LONGEST_PACKED = 12;
const LAST_PACKABLE = 0xff;
const SLOTS = 1 << 15; // 512 KB: stays in a core's own cache
const ENTRY = 4; // three integers of units, then count << LENGTH_BITS | length
const LENGTH_BITS = 4;
const LENGTH_MASK = (1 << LENGTH_BITS) - 1;

/** What `find` says of a piece that it does not know, and of one that it cannot keep. */
export const UNKNOWN = 0;
export const UNFIT = -1;

export class PackedCache {
  private readonly entries = new Int32Array(SLOTS * ENTRY);
  // The piece that `find` did not know.
  private first = 0;
  private second = 0;
  private third = 0;
  private length = 0;
  private home = 0;

  /** The count kept for the piece units[start, end), of 1 to LONGEST_PACKED units; UNKNOWN, or UNFIT when it has a unit that does not fit. */
  find(units: Uint16Array, start: number, end: number): number {
    let all = 0;
    let first = 0;
    let second = 0;
    let third = 0;
    let at = start;
    for (const stop = Math.min(end, start + 4); at < stop; at++) {
      all |= units[at]!;
      first = (first << 8) | units[at]!;
    }
    for (const stop = Math.min(end, start + 8); at < stop; at++) {
      all |= units[at]!;
      second = (second << 8) | units[at]!;
    }
    for (; at < end; at++) {
      all |= units[at]!;
      third = (third << 8) | units[at]!;
    }
    if (all > LAST_PACKABLE) return UNFIT;
    const length = end - start;
    const home = homeOf(first, second, third, length);
    for (let entry = home; ; entry ^= ENTRY) {
      const { entries } = this;
      if (entries[entry] === first && entries[entry + 1] === second && entries[entry + 2] === third) {
        const found = entries[entry + 3]!;
        if ((found & LENGTH_MASK) === length) return found >> LENGTH_BITS;
      }
      if (entry !== home) break;
    }
    this.first = first;
    this.second = second;
    this.third = third;
    this.length = length;
    this.home = home;
    return UNKNOWN;
  }

  /** Keeps the count of the piece that `find` did not know, in place of the older of the two at home there. */
  keep(count: number): void {
    const { entries, home } = this;
    const older = home ^ ENTRY;
    for (let i = 0; i < ENTRY; i++) entries[older + i] = entries[home + i]!;
    entries[home] = this.first;
    entries[home + 1] = this.second;
    entries[home + 2] = this.third;
    entries[home + 3] = (count << LENGTH_BITS) | this.length;
  }
}

/** Where the search for a packed piece starts, in integers. */
function homeOf(first: number, second: number, third: number, length: number): number {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b) ^ Math.imul(third, 0xc2b2ae35) ^ length;
  const hash = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) & (SLOTS - 1)) * ENTRY;
}
