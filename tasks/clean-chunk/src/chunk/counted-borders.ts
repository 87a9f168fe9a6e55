/** Borders with their token counts: the exact count of the text between any two of them is a subtraction. */
import type { CountedText } from "@pipeline/shared/tokens/token-counter";
import type { Borders } from "./borders.js";

/** To count what a border cuts from a longer piece takes too long to be done at each of many borders in it. */
const LONG_PIECE = 128;
/** How many borders are kept inside one. */
const BORDERS_IN_LONG_PIECE = 2;

export class CountedBorders {
  length = 0;
  readonly ends: Int32Array;
  readonly starts: Int32Array;
  readonly ranks: Int32Array;
  /** Tokens of the text from its start to where the part before the border ends. */
  private readonly before: Int32Array;
  /** What to take from `before` of a later border to have the tokens from this border on: a start cuts the pieces there anew. */
  private readonly base: Int32Array;
  /** From here on, the pieces of a slice that starts at this border are those of the whole text. */
  private readonly joins: Int32Array;

  constructor(
    borders: Borders,
    private readonly counted: CountedText,
  ) {
    const capacity = borders.length;
    const [ends, starts, ranks, before, base, joins] = Array.from({ length: 6 }, () => new Int32Array(capacity));
    this.ends = ends!;
    this.starts = starts!;
    this.ranks = ranks!;
    this.before = before!;
    this.base = base!;
    this.joins = joins!;
    this.addAll(borders);
  }

  /** Tokens of the text from border `from` to border `to`, as a text of its own. */
  tokens(from: number, to: number): number {
    const end = this.ends[to]!;
    if (end < this.joins[from]!) return this.counted.countSlice(this.starts[from]!, end);
    return this.before[to]! - this.base[from]!;
  }

  /** Takes the border elsewhere, further on. */
  move(index: number, start: number): void {
    this.ends[index] = start;
    this.starts[index] = start;
    this.join(index, this.counted.pieceAt(start));
  }

  private addAll(borders: Borders): void {
    const { counted } = this;
    let piece = 0;
    for (let index = 0; index < borders.length; index++) {
      const end = borders.ends[index]!;
      while (counted.startOf(piece + 1) <= end && piece < counted.pieces) piece++;
      if (index > 0 && index + 1 < borders.length && this.isTooMany(piece, end)) continue;
      const at = this.length++;
      this.ends[at] = end;
      this.starts[at] = borders.starts[index]!;
      this.ranks[at] = borders.ranks[index]!;
      this.before[at] = counted.totalBefore(piece) + counted.countSlice(counted.startOf(piece), end);
      this.join(at, piece);
    }
  }

  /** Whether `end` lies in a long piece, and not far enough behind the last border there. */
  private isTooMany(piece: number, end: number): boolean {
    const { counted } = this;
    const start = counted.startOf(piece);
    const size = counted.startOf(piece + 1) - start;
    return size > LONG_PIECE && end > start && end - Math.max(start, this.ends[this.length - 1]!) < size / BORDERS_IN_LONG_PIECE;
  }

  /** Cuts pieces from the border's start until one ends where a piece of the whole text does; looks for it from `piece` on. */
  private join(index: number, piece: number): void {
    const { counted } = this;
    let at = this.starts[index]!;
    let whole = piece;
    let tokens = 0;
    while (counted.startOf(whole) < at) whole++;
    while (counted.startOf(whole) !== at) {
      const end = counted.pieceEnd(at);
      tokens += counted.countPiece(at, end);
      at = end;
      while (counted.startOf(whole) < at) whole++;
    }
    this.joins[index] = at;
    this.base[index] = counted.totalBefore(whole) - tokens;
  }
}
