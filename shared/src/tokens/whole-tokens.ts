/** The tokens that are short and Latin, as a set of packed pieces: a piece that is a token counts one, which merging would find out more slowly. */
import { LONGEST_PACKED, PackedPiece, UNITS_READ } from "./packed-piece.js";

const ENTRY = 4; // the three integers of the piece, then its length; 0 in an empty slot

/** Whether the piece is in the set that `wholeTokensOf` made. */
export function isWholeToken(slots: Int32Array, piece: PackedPiece): boolean {
  const mask = slots.length - ENTRY;
  for (let at = (piece.hash * ENTRY) & mask; ; at = (at + ENTRY) & mask) {
    const length = slots[at + 3]!;
    if (length === 0) return false;
    if (length === piece.length && slots[at] === piece.first && slots[at + 1] === piece.second && slots[at + 2] === piece.third)
      return true;
  }
}

/** The set of those tokens (each byte as one character) that are UTF-8 and fit, open addressing, flat. */
export function wholeTokensOf(tokens: Iterable<string>): Int32Array {
  const texts = [...tokens].map((token) => Buffer.from(token, "latin1").toString()).filter(isPackable);
  const slots = new Int32Array(ENTRY * 2 ** Math.ceil(Math.log2(Math.max(1, texts.length) * 1.6))); // at most 5/8 full
  const mask = slots.length - ENTRY;
  const piece = new PackedPiece();
  const bytes = Buffer.alloc(2 * UNITS_READ);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const text of texts) {
    bytes.write(text, "utf16le");
    piece.pack(view, 0, text.length);
    let at = (piece.hash * ENTRY) & mask;
    while (slots[at + 3] !== 0) at = (at + ENTRY) & mask;
    slots.set([piece.first, piece.second, piece.third, piece.length], at);
  }
  return slots;
}

/** Replacement characters of bytes that are no UTF-8 do not fit either. */
const isPackable = (text: string): boolean => text.length > 0 && text.length <= LONGEST_PACKED && /^[\0-\xff]*$/.test(text);
