/** The exact token count of the text between any two borders, by subtraction instead of counting again. */
import type { CountedText } from "@pipeline/shared/tokens/token-counter";
import type { Borders } from "./borders.js";

export class BorderCounts {
  /** Tokens of the text from its start to where the part before the border ends. */
  private readonly before: Int32Array;
  /** What to take from `before` of a later border to have the tokens from this border on: a start cuts the pieces there anew. */
  private readonly base: Int32Array;
  /** From here on, the pieces of a slice that starts at this border are those of the whole text. */
  private readonly joins: Int32Array;

  constructor(
    private readonly counted: CountedText,
    private readonly borders: Borders,
  ) {
    this.before = new Int32Array(borders.length);
    this.base = new Int32Array(borders.length);
    this.joins = new Int32Array(borders.length);
    for (let index = 0; index < borders.length; index++) {
      this.before[index] = this.tokensTo(borders.ends[index]!);
      this.join(index, borders.starts[index]!);
    }
  }

  /** Tokens of the text from border `from` to border `to`, as a text of its own. */
  tokens(from: number, to: number): number {
    const end = this.borders.ends[to]!;
    if (end < this.joins[from]!) return this.counted.countSlice(this.borders.starts[from]!, end);
    return this.before[to]! - this.base[from]!;
  }

  /** Takes the border's start elsewhere, further on. */
  moveStart(index: number, start: number): void {
    this.borders.ends[index] = start;
    this.borders.starts[index] = start;
    this.join(index, start);
  }

  /** Whole pieces before `end`, then the rest of the piece that it cuts. */
  private tokensTo(end: number): number {
    const { counted } = this;
    const piece = counted.pieceAt(end);
    const start = counted.startOf(piece);
    return counted.totalBefore(piece) + counted.countSlice(start, end);
  }

  /** Cuts pieces from `start` until one ends where a piece of the whole text does. */
  private join(index: number, start: number): void {
    const { counted } = this;
    let piece = counted.pieceAt(start);
    let tokens = 0;
    let at = start;
    while (counted.startOf(piece) !== at) {
      const end = counted.pieceEnd(at);
      tokens += counted.countPiece(at, end);
      at = end;
      while (counted.startOf(piece) < at) piece++;
    }
    this.joins[index] = at;
    this.base[index] = counted.totalBefore(piece) - tokens;
  }
}
