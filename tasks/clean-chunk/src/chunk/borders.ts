/** The places where a text may be cut, from first to last: where the part before ends, where the part after starts, how good a cut it is. */

/** Kinds of border from best to worst. */
export const SECTION = 0;
export const PARAGRAPH = 1;
export const SENTENCE = 2;
/** A stop after which a small letter follows: in a hasty mail a sentence end, in print an abbreviation that nobody listed. */
export const LOOSE_SENTENCE = 3;
/** The end of a line that its writer ended on purpose: an item, a header, a verse. */
export const LINE = 4;
/** Between a colon at a line's end and the list, table or quotation that it announces. */
export const UNDER_COLON = 5;
/** The end of a clause, or of a line of code. */
export const CLAUSE = 6;
/** Where a line was wrapped, within a sentence or a block without any mark. */
export const WRAP = 7;
/** Between a heading and what it heads. */
export const UNDER_HEADING = 8;
export const WORD = 9;
/** A space between two numbers: "555 0199", "10 000". */
export const NUMBER = 10;

/** All between `ends[k]` and `starts[k]` is white space; the first border starts the text, the last one ends it. */
export class Borders {
  readonly ends: number[] = [];
  readonly starts: number[] = [];
  readonly ranks: number[] = [];

  get length(): number {
    return this.ends.length;
  }

  add(end: number, start: number, rank: number): void {
    this.ends.push(end);
    this.starts.push(start);
    this.ranks.push(rank);
  }

  /** Takes out the last borders, those whose part after starts behind `position`. */
  dropBehind(position: number): void {
    while (this.starts.length > 0 && this.starts.at(-1)! > position) {
      this.ends.pop();
      this.starts.pop();
      this.ranks.pop();
    }
  }
}
