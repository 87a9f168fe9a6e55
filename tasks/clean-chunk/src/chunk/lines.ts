/** What a line is by how it looks: a heading, stopped, quoted, ended by a colon. */
import { FULL_STOP, isCloser, isDigit, isLetter, isLower, isWhite, LINE_FEED, MEANINGS, SPACED_STOP } from "./characters.js";
import { isFence, isHeading, isMarkedHeading, isSignatureMark, isTableRule, LONGEST_HEADING } from "./line-shapes.js";

/** A line without the white space around it, and how its block (lines up to a blank one) stands before it. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly indent: number;
  /** The block's lines up to this one. */
  readonly ordinal: number;
  /** The longest line of the block so far. */
  readonly width: number;
}

export const LONGEST_WRAPPED = 100; // mail and text files wrap at 60 to 80 columns; a longer line was ended by its writer
const MARK_OF_QUOTES = 0x3e; // ">"
/** The first units of heads: # - : | */
const MARKS_OF_HEADS: readonly number[] = [0x23, 0x2d, 0x3a, 0x7c];

/** Reads the lines of units[0, length), which are those of `text`. */
export class Lines {
  constructor(
    private readonly text: string,
    private readonly units: Uint16Array,
    private readonly length: number,
  ) {}

  /** End of the line that `start` is in, looking no further than tells whether it is a wrapped one. */
  endFrom(start: number): number {
    const limit = Math.min(this.length, start + LONGEST_WRAPPED + 1);
    let end = start;
    while (end < limit && this.units[end] !== LINE_FEED) end++;
    return end;
  }

  /** The first units of a line, enough to tell what it is. */
  headOf(start: number, end: number): string {
    return this.text.slice(start, Math.min(end, start + LONGEST_HEADING + 1));
  }

  /** A heading of Markdown, the rule below a table's column names, the mark above a signature: what follows belongs to it. */
  isHead({ start, end }: Line): boolean {
    if (!MARKS_OF_HEADS.includes(this.units[start]!)) return false;
    const head = this.headOf(start, end);
    return isMarkedHeading(head) || isTableRule(head) || isSignatureMark(head);
  }

  /** A heading of Markdown, or a line alone in its block that names a chapter or the like. */
  isHeading(line: Line): boolean {
    if (line.ordinal > 1 || line.end - line.start > LONGEST_HEADING) return this.isHead(line);
    return isHeading(this.headOf(line.start, line.end));
  }

  /** A short line between blank ones, begun with a capital and ended without any mark or all in capitals, above a longer one. */
  isTitle(line: Line, nextSize: number): boolean {
    const size = line.end - line.start;
    if (line.ordinal > 1 || size > LONGEST_HEADING || size >= nextSize) return false;
    const first = this.units[line.start]!;
    return isLetterOrDigit(first) && !isLower(first) && (isLetterOrDigit(this.units[line.end - 1]!) || this.isCapitals(line));
  }

  isFence({ start, end }: Line): boolean {
    const first = this.units[start];
    return (first === 0x60 || first === 0x7e) && isFence(this.headOf(start, end));
  }

  /** The line's last visible mark is a stop, or closes behind one. */
  isStopped(line: Line): boolean {
    let end = line.end;
    while (end > line.start && isCloser(this.units[end - 1]!)) end--;
    return end > line.start && MEANINGS[this.units[end - 1]!]! >= SPACED_STOP;
  }

  endsInColon({ end }: Line): boolean {
    const last = this.units[end - 1];
    return last === 0x3a || last === 0xff1a;
  }

  /** How many ">" a line starts with, as quoted mail does. */
  quoteDepth(start: number, end: number): number {
    let depth = 0;
    for (let at = start; at < end; at++) {
      const unit = this.units[at];
      if (unit === MARK_OF_QUOTES) depth++;
      else if (unit !== 0x20) break;
    }
    return depth;
  }

  /** A line of quoted mail that is blank but for its marks. */
  isBlankQuote(start: number, end: number): boolean {
    let at = start;
    while (at < end && (this.units[at] === MARK_OF_QUOTES || isWhite(this.units[at]!))) at++;
    return at === end;
  }

  /** Capitals with a full stop behind them: "THE CARPET-BAG." */
  private isCapitals({ start, end }: Line): boolean {
    if (this.units[end - 1] !== FULL_STOP) return false;
    for (let at = start; at < end; at++) if (isLower(this.units[at]!)) return false;
    return true;
  }
}

const isLetterOrDigit = (unit: number): boolean => isLetter(unit) || isDigit(unit);

/** The line that starts below another one, as far as it is known before its end. */
export function lineBelow(line: Line, breaks: number, start: number, indent: number): Line {
  if (breaks > 1) return { start, end: start, indent, ordinal: 1, width: 0 };
  return { start, end: start, indent, ordinal: line.ordinal + 1, width: Math.max(line.width, line.end - line.start) };
}
