/** Short Latin pieces as three integers, read without a loop: what a cache and the table of whole tokens compare. */

/** Longer pieces, and those with a unit above U+00FF, do not fit. */
export const LONGEST_PACKED = 12;
/** So many units behind a piece's start are read, whatever its length: as many must be there behind a text. */
export const UNITS_READ = LONGEST_PACKED;

const BYTES_A_UNIT = 2;
const PAIRS = LONGEST_PACKED / 2;
/** Bits that no Latin unit has, in a pair of units. */
const NOT_LATIN = 0xff00ff00 | 0;

/** What of each pair of units belongs to a piece of that length, at `length * PAIRS + pair`. */
const MASKS = new Int32Array((LONGEST_PACKED + 1) * PAIRS);
for (let length = 0; length <= LONGEST_PACKED; length++)
  for (let unit = 0; unit < length; unit++) MASKS[length * PAIRS + (unit >> 1)]! |= unit % 2 === 0 ? 0xffff : 0xffff0000;

/** One piece at a time, packed. */
export class PackedPiece {
  first = 0;
  second = 0;
  third = 0;
  length = 0;
  /** Of the piece, its low bits as good as its high ones. */
  hash = 0;

  /** Packs the `length` units (1 to LONGEST_PACKED) from `start` on; false when one does not fit. */
  pack(view: DataView, start: number, length: number): boolean {
    const at = start * BYTES_A_UNIT;
    const mask = length * PAIRS;
    const a = view.getInt32(at, true) & MASKS[mask]!;
    const b = view.getInt32(at + 4, true) & MASKS[mask + 1]!;
    const c = view.getInt32(at + 8, true) & MASKS[mask + 2]!;
    const d = view.getInt32(at + 12, true) & MASKS[mask + 3]!;
    const e = view.getInt32(at + 16, true) & MASKS[mask + 4]!;
    const f = view.getInt32(at + 20, true) & MASKS[mask + 5]!;
    const first = a | (b << 8);
    const second = c | (d << 8);
    const third = e | (f << 8);
    const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b) ^ Math.imul(third, 0xc2b2ae35) ^ length;
    const hash = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
    this.first = first;
    this.second = second;
    this.third = third;
    this.length = length;
    this.hash = hash ^ (hash >>> 13);
    return ((a | b | c | d | e | f) & NOT_LATIN) === 0;
  }
}
