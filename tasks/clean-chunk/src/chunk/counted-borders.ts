/** Borders with their token counts: the exact count of the text between any two of them is a subtraction. */
import type { CountedText } from "@pipeline/shared/tokens/token-counter";

/** To count what a border cuts from a longer piece takes too long to be done at each of many borders in it. */
const LONG_PIECE = 128;
/** How many borders are kept inside one. */
const BORDERS_IN_LONG_PIECE = 2;
const LEAST_CAPACITY = 64;

export class CountedBorders {
  length = 0;
  ends: Int32Array;
  starts: Int32Array;
  ranks: Int32Array;
  /** Tokens of the text from its start to where the part before the border ends. */
  before: Int32Array;
  /** What to take from `before` of a later border to have the tokens from this border on: a start cuts the pieces there anew. */
  base: Int32Array;
  /** From here on, the pieces of a slice that starts at this border are those of the whole text. */
  joins: Int32Array;
  /** The piece that the last border's end lies in or starts. */
  private piece = 0;

  /** `last` is where the text's last border will end, `expected` about how many there will be: growing takes longer than room left over. */
  constructor(
    private readonly counted: CountedText,
    private readonly last: number,
    expected: number,
  ) {
    const capacity = Math.max(LEAST_CAPACITY, expected);
    this.ends = new Int32Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ranks = new Int32Array(capacity);
    this.before = new Int32Array(capacity);
    this.base = new Int32Array(capacity);
    this.joins = new Int32Array(capacity);
  }

  /** Adds a border behind the others; not every one that lies in a long piece. */
  add(end: number, start: number, rank: number): void {
    const { counted } = this;
    this.piece = counted.advance(this.piece, end);
    if (this.length > 0 && end !== this.last && this.isTooMany(end)) return;
    if (this.length === this.ends.length) this.grow();
    const at = this.length++;
    const pieceStart = counted.startOf(this.piece);
    this.ends[at] = end;
    this.starts[at] = start;
    this.ranks[at] = rank;
    this.before[at] = counted.totalBefore(this.piece) + (pieceStart < end ? counted.countSlice(pieceStart, end) : 0);
    this.join(at, this.piece);
  }

  /** Tokens of the text from border `from` to border `to`, as a text of its own. */
  tokens(from: number, to: number): number {
    const end = this.ends[to]!;
    if (end < this.joins[from]!) return this.counted.countSlice(this.starts[from]!, end);
    return this.before[to]! - this.base[from]!;
  }

  /** The first border from `from` on with more than `maxTokens` between it and the next; the last one when there is none. */
  nextOverlong(from: number, maxTokens: number): number {
    let index = from;
    while (index + 1 < this.length && this.tokens(index, index + 1) <= maxTokens) index++;
    return index;
  }

  /** Takes the border elsewhere, further on. */
  move(index: number, start: number): void {
    this.ends[index] = start;
    this.starts[index] = start;
    this.join(index, this.counted.pieceAt(start));
  }

  private grow(): void {
    this.ends = doubled(this.ends);
    this.starts = doubled(this.starts);
    this.ranks = doubled(this.ranks);
    this.before = doubled(this.before);
    this.base = doubled(this.base);
    this.joins = doubled(this.joins);
  }

  /** Whether `end` lies in a long piece, and not far enough behind the last border there. */
  private isTooMany(end: number): boolean {
    const { counted, piece } = this;
    const start = counted.startOf(piece);
    if (end === start) return false;
    const size = counted.startOf(piece + 1) - start;
    return size > LONG_PIECE && end - Math.max(start, this.ends[this.length - 1]!) < size / BORDERS_IN_LONG_PIECE;
  }

  /** Cuts pieces from the border's start until one ends where a piece of the whole text does; looks for it from `piece` on. */
  private join(index: number, piece: number): void {
    const { counted } = this;
    let at = this.starts[index]!;
    let whole = this.pieceFrom(piece, at);
    let tokens = 0;
    while (counted.startOf(whole) !== at) {
      const end = counted.pieceEnd(at);
      tokens += counted.countPiece(at, end);
      at = end;
      whole = this.pieceFrom(whole, at);
    }
    this.joins[index] = at;
    this.base[index] = counted.totalBefore(whole) - tokens;
  }

  /** The first piece from `piece` on that starts at `position` or behind. */
  private pieceFrom(piece: number, position: number): number {
    let next = piece;
    while (this.counted.startOf(next) < position) next++;
    return next;
  }
}

function doubled(array: Int32Array): Int32Array {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
