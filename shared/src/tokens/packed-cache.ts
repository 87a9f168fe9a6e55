/** Token counts of the packed pieces met lately, most of what is ever counted: four integers each, so that a look-up is one line of memory. */
import type { PackedPiece } from "./packed-piece.js";

const SLOTS = 1 << 15; // 512 KB: stays in a core's own cache
const ENTRY = 4; // the three integers of the piece, then count << LENGTH_BITS | length
const LENGTH_BITS = 4;
const LENGTH_MASK = (1 << LENGTH_BITS) - 1;

/** What `find` says of a piece that it does not know. */
export const UNKNOWN = 0;

export class PackedCache {
  private readonly entries = new Int32Array(SLOTS * ENTRY);

  /** The count kept for the piece, or UNKNOWN. */
  find(piece: PackedPiece): number {
    const { entries } = this;
    const home = homeOf(piece);
    for (let entry = home; ; entry ^= ENTRY) {
      if (entries[entry] === piece.first && entries[entry + 1] === piece.second && entries[entry + 2] === piece.third) {
        const found = entries[entry + 3]!;
        if ((found & LENGTH_MASK) === piece.length) return found >> LENGTH_BITS;
      }
      if (entry !== home) return UNKNOWN;
    }
  }

  /** Keeps the piece's count in place of the older of the two at home there. */
  keep(piece: PackedPiece, count: number): void {
    const { entries } = this;
    const home = homeOf(piece);
    const older = home ^ ENTRY;
    for (let i = 0; i < ENTRY; i++) entries[older + i] = entries[home + i]!;
    entries[home] = piece.first;
    entries[home + 1] = piece.second;
    entries[home + 2] = piece.third;
    entries[home + 3] = (count << LENGTH_BITS) | piece.length;
  }
}

/** Where the search for a piece starts, in integers. */
const homeOf = (piece: PackedPiece): number => (piece.hash & (SLOTS - 1)) * ENTRY;
