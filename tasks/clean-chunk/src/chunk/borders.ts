/** The places where a text may be cut, from first to last: where the part before ends, where the part after starts, how good a cut it is. */

/** Kinds of border from best to worst. */
export const SECTION = 0;
export const PARAGRAPH = 1;
export const SENTENCE = 2;
/** A stop after which a small letter follows: in a hasty mail a sentence end, in print an abbreviation that nobody listed. */
export const LOOSE_SENTENCE = 3;
/** Between a heading and what it heads. */
export const UNDER_HEADING = 4;
/** The end of a line that its writer ended on purpose: an item, a header, a verse. */
export const LINE = 5;
export const CLAUSE = 6;
export const WORD = 7;
/** A space between two numbers: "555 0199", "10 000". */
export const NUMBER = 8;

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
}
