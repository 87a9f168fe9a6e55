/** A text cut into the encoding's pieces, with running token counts: what a chunker needs to know the exact count of any slice. */
import type { PieceCounter } from "./piece-counter.js";
import type { PieceScanner } from "./piece-scanner.js";
import type { CodeUnits } from "./scratch.js";

/** Pieces counted in one go. */
const BLOCK = 256;
/** Pieces skipped at once on the way to a position. */
const STRIDE = 8;

export class CountedText {
  /** How many pieces there are. */
  pieces = 0;
  /** Where each piece ends, in UTF-16 units; piece k starts where k - 1 ends. */
  readonly ends: Int32Array;
  /** Tokens of pieces 0 to k together. */
  readonly totals: Int32Array;

  readonly units: Uint16Array;

  /** `ends` and `totals` hold at least `length` numbers; `text` at least `length` units. */
  constructor(
    private readonly text: CodeUnits,
    /** Of the text, in UTF-16 units. */
    readonly length: number,
    arrays: { ends: Int32Array; totals: Int32Array },
    private readonly scan: PieceScanner,
    private readonly counter: PieceCounter,
  ) {
    this.units = text.units;
    this.ends = arrays.ends;
    this.totals = arrays.totals;
    for (let at = 0; at < length; ) at = this.countBlock(at);
  }

  /** Counts the next pieces, from `start` on, and gives where they end: in short calls, as a long loop is compiled once more while it runs. */
  private countBlock(start: number): number {
    const { text, length, ends, totals, scan, counter } = this;
    const stop = this.pieces + BLOCK;
    let piece = this.pieces;
    let total = this.totalBefore(piece);
    let at = start;
    for (; at < length && piece < stop; piece++) {
      const end = scan(text.units, at, length);
      total += counter.count(text, at, end);
      ends[piece] = end;
      totals[piece] = total;
      at = end;
    }
    this.pieces = piece;
    return at;
  }

  /** The piece that `position` lies in or starts; `pieces` at the text's end. */
  pieceAt(position: number): number {
    const { ends } = this;
    let low = 0;
    let high = this.pieces;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The piece that `position` lies in or starts, looked for step by step from `piece` on. */
  advance(piece: number, position: number): number {
    const { ends, pieces } = this;
    let next = piece;
    while (next + STRIDE < pieces && ends[next + STRIDE]! <= position) next += STRIDE;
    while (next < pieces && ends[next]! <= position) next++;
    return next;
  }

  startOf(piece: number): number {
    return piece === 0 ? 0 : this.ends[piece - 1]!;
  }

  /** Tokens of all pieces before that one. */
  totalBefore(piece: number): number {
    return piece === 0 ? 0 : this.totals[piece - 1]!;
  }

  /** Tokens of the text's slice [start, end) as a text of its own. */
  countSlice(start: number, end: number): number {
    let tokens = 0;
    for (let at = start; at < end; ) {
      const next = this.scan(this.units, at, end);
      tokens += this.counter.count(this.text, at, next);
      at = next;
    }
    return tokens;
  }

  /** Where the piece that would start at `start` ends when the text before is taken away. */
  pieceEnd(start: number): number {
    return this.scan(this.units, start, this.length);
  }

  /** Tokens of [start, end) when that is one piece. */
  countPiece(start: number, end: number): number {
    return this.counter.count(this.text, start, end);
  }
}
