/** Counts the tokens of one piece: from a cache, as a token of its own, or by merging its UTF-8 bytes. */
import { countMerged, SHORT_BYTES } from "./merge.js";
import { countMergedLong } from "./merge-long.js";
import type { MergeTable } from "./merge-table.js";
import { PackedCache, UNKNOWN } from "./packed-cache.js";
import { LONGEST_PACKED, PackedPiece } from "./packed-piece.js";
import { hashOf, LONGEST_KEY, PieceCache } from "./piece-cache.js";
import type { CodeUnits } from "./scratch.js";
import { isWholeToken } from "./whole-tokens.js";

const MOST_BYTES_A_UNIT = 3;

export class PieceCounter {
  private readonly piece = new PackedPiece();
  private readonly packed = new PackedCache();
  private readonly cache = new PieceCache();
  private readonly shortBytes = new Uint8Array(SHORT_BYTES);

  constructor(private readonly table: MergeTable) {}

  /** Tokens of the piece from `start` to `end`. */
  count(text: CodeUnits, start: number, end: number): number {
    const length = end - start;
    if (length === 1 && text.units[start]! < 0x80) return 1; // every byte is a token
    const { piece } = this;
    if (length > LONGEST_PACKED || !piece.pack(text.view, start, length)) return this.countLong(text.units, start, end);
    const known = this.packed.find(piece);
    if (known !== UNKNOWN) return known;
    const count = isWholeToken(this.table.wholeTokens, piece) ? 1 : this.merge(text.units, start, end);
    this.packed.keep(piece, count);
    return count;
  }

  private countLong(units: Uint16Array, start: number, end: number): number {
    if (end - start > LONGEST_KEY) return this.merge(units, start, end);
    const hash = hashOf(units, start, end);
    const known = this.cache.find(hash, units, start, end);
    if (known !== 0) return known;
    const count = this.merge(units, start, end);
    this.cache.keep(hash, units, start, end, count);
    return count;
  }

  private merge(units: Uint16Array, start: number, end: number): number {
    const most = (end - start) * MOST_BYTES_A_UNIT;
    const bytes = most <= SHORT_BYTES ? this.shortBytes : new Uint8Array(most);
    const length = writeUtf8(units, start, end, bytes);
    return length <= SHORT_BYTES ? countMerged(this.table, bytes, length) : countMergedLong(this.table, bytes, length);
  }
}

/** Writes units[start, end) to `bytes` as UTF-8, lone surrogates as U+FFFD, and gives the number of bytes. */
function writeUtf8(units: Uint16Array, start: number, end: number, bytes: Uint8Array): number {
  let length = 0;
  for (let at = start; at < end; at++) {
    let code = units[at]!;
    if (code < 0x80) {
      bytes[length++] = code;
      continue;
    }
    if (code < 0x800) {
      bytes[length++] = 0xc0 | (code >> 6);
      bytes[length++] = 0x80 | (code & 63);
      continue;
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      const low = at + 1 < end ? units[at + 1]! : 0;
      if (code <= 0xdbff && low >= 0xdc00 && low <= 0xdfff) {
        code = ((code - 0xd800) << 10) + (low - 0xdc00) + 0x10000;
        at++;
        bytes[length++] = 0xf0 | (code >> 18);
        bytes[length++] = 0x80 | ((code >> 12) & 63);
        bytes[length++] = 0x80 | ((code >> 6) & 63);
        bytes[length++] = 0x80 | (code & 63);
        continue;
      }
      code = 0xfffd;
    }
    bytes[length++] = 0xe0 | (code >> 12);
    bytes[length++] = 0x80 | ((code >> 6) & 63);
    bytes[length++] = 0x80 | (code & 63);
  }
  return length;
}
