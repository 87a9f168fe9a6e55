/** Tells what the end of a line is: of a section, a paragraph, an item, or just where a mail program wrapped a sentence. */
import { LINE, PARAGRAPH, SECTION, UNDER_HEADING } from "./borders.js";
import { isCloser, isDigit, isLetter, isLower, isWhite, LINE_FEED, MEANINGS, SPACED_STOP } from "./characters.js";
import { isHeading, isItem, isMarkedHeading, isRule, isUnderline, LONGEST_HEADING } from "./line-shapes.js";

/** The line goes on below: no better a border than any space. */
export const WRAPPED = -1;

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

const LONGEST_WRAPPED = 100; // mail and text files wrap at 60 to 80 columns; a longer line was ended by its writer
const NARROWEST_WRAPPED = 60; // a block of shorter lines is a list, a verse, an address
const SLACK = 5; // columns: not every program breaks at the last space that fits
const MARK_OF_QUOTES = 0x3e; // ">"

/** Reads the line ends of units[0, length), which are those of `text`. */
export class LineEnds {
  constructor(
    private readonly text: string,
    private readonly units: Uint16Array,
    private readonly length: number,
  ) {}

  /** The kind of border below a line, where `breaks` line feeds part it from the one that starts at `next`. */
  kindBelow(line: Line, breaks: number, next: number, indent: number): number {
    const nextEnd = this.endFrom(next);
    const head = this.headOf(next, nextEnd);
    if (breaks > 1) return this.kindAboveBlank(line, breaks, head, nextEnd - next);
    if (isMarkedHeading(head)) return SECTION;
    if (isUnderline(head) || this.isMarkedHeading(line)) return UNDER_HEADING;
    if (this.quoteDepth(line.start, line.end) !== this.quoteDepth(next, nextEnd) || this.isBlankQuote(next, nextEnd)) return PARAGRAPH;
    const isStopped = this.isStopped(line);
    if (this.isEndedOnPurpose(line, next, nextEnd)) return isStopped ? PARAGRAPH : LINE;
    if (isStopped && indent > line.indent + 1) return PARAGRAPH;
    return isItem(head) ? LINE : WRAPPED;
  }

  /** Whether the line that starts there underlines the one above it, which makes a heading of the two. */
  isUnderline(start: number): boolean {
    return isUnderline(this.headOf(start, this.endFrom(start)));
  }

  private kindAboveBlank(line: Line, breaks: number, head: string, nextSize: number): number {
    if (isHeading(head)) return SECTION;
    if (this.isHeading(line) || this.isTitle(line, nextSize)) return UNDER_HEADING;
    return breaks > 2 || isRule(head) ? SECTION : PARAGRAPH;
  }

  /** The first units of a line, enough to tell what it is. */
  private headOf(start: number, end: number): string {
    return this.text.slice(start, Math.min(end, start + LONGEST_HEADING + 1));
  }

  private isMarkedHeading(line: Line): boolean {
    return this.units[line.start] === 0x23 && isMarkedHeading(this.headOf(line.start, line.end));
  }

  /** A heading of Markdown, or a line alone in its block that names a chapter or the like. */
  private isHeading(line: Line): boolean {
    if (line.ordinal > 1 || line.end - line.start > LONGEST_HEADING) return this.isMarkedHeading(line);
    return isHeading(this.headOf(line.start, line.end));
  }

  /** A short line between blank ones, begun with a capital and ended without any mark, above a longer one: it heads what follows. */
  private isTitle(line: Line, nextSize: number): boolean {
    const size = line.end - line.start;
    if (line.ordinal > 1 || size > LONGEST_HEADING || size >= nextSize) return false;
    const first = this.units[line.start]!;
    return (isLetter(first) || isDigit(first)) && !isLower(first) && this.endsInWord(line);
  }

  private endsInWord(line: Line): boolean {
    const last = this.units[line.end - 1]!;
    return isLetter(last) || isDigit(last);
  }

  /** The line is long for a wrapped one, or the next line's first word would have found room on it. */
  private isEndedOnPurpose(line: Line, next: number, nextEnd: number): boolean {
    const size = line.end - line.start;
    if (size > LONGEST_WRAPPED) return true;
    const width = Math.max(NARROWEST_WRAPPED, line.width, nextEnd - next);
    let word = next;
    while (word < nextEnd && !isWhite(this.units[word]!)) word++;
    return size + 1 + (word - next) + SLACK <= width;
  }

  /** The line's last visible mark is a stop, or closes behind one. */
  private isStopped(line: Line): boolean {
    let end = line.end;
    while (end > line.start && isCloser(this.units[end - 1]!)) end--;
    return end > line.start && MEANINGS[this.units[end - 1]!]! >= SPACED_STOP;
  }

  /** How many ">" a line starts with, as quoted mail does. */
  private quoteDepth(start: number, end: number): number {
    let depth = 0;
    for (let at = start; at < end; at++) {
      const unit = this.units[at];
      if (unit === MARK_OF_QUOTES) depth++;
      else if (unit !== 0x20) break;
    }
    return depth;
  }

  /** A line of quoted mail that is blank but for its marks. */
  private isBlankQuote(start: number, end: number): boolean {
    let at = start;
    while (at < end && (this.units[at] === MARK_OF_QUOTES || isWhite(this.units[at]!))) at++;
    return at === end;
  }

  /** End of the line that `start` is in, looking no further than tells whether it is a wrapped one. */
  private endFrom(start: number): number {
    const limit = Math.min(this.length, start + LONGEST_WRAPPED + 1);
    let end = start;
    while (end < limit && this.units[end] !== LINE_FEED) end++;
    return end;
  }
}

/** The line that starts below another one, as far as it is known before its end. */
export function lineBelow(line: Line, breaks: number, start: number, indent: number): Line {
  if (breaks > 1) return { start, end: start, indent, ordinal: 1, width: 0 };
  return { start, end: start, indent, ordinal: line.ordinal + 1, width: Math.max(line.width, line.end - line.start) };
}
