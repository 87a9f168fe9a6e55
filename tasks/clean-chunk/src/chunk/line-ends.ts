/** Tells what the end of a line is: of a section, a paragraph, an item, or just where a mail program wrapped a sentence. */
import { LINE, PARAGRAPH, SECTION, UNDER_COLON, UNDER_HEADING } from "./borders.js";
import { isWhite } from "./characters.js";
import { isHeading, isItem, isMarkedHeading, isRule, isSignatureMark, isTableRule, isUnderline } from "./line-shapes.js";
import { type Line, type Lines, LONGEST_WRAPPED } from "./lines.js";

/** The line goes on below: no better a border than any space. */
export const WRAPPED = -1;

const NARROWEST_WRAPPED = 60; // a block of shorter lines is a list, a verse, an address
const SLACK = 5; // columns: not every program breaks at the last space that fits

/** Reads the line ends of a text. */
export class LineEnds {
  constructor(
    private readonly units: Uint16Array,
    private readonly lines: Lines,
  ) {}

  /** The kind of border below a line, where `breaks` line feeds part it from the one that starts at `next`. */
  kindBelow(line: Line, breaks: number, next: number, indent: number): number {
    const { lines } = this;
    const nextEnd = lines.endFrom(next);
    const head = lines.headOf(next, nextEnd);
    if (breaks > 1) return this.kindAboveBlank(line, breaks, head, nextEnd - next);
    if (isUnderline(head) || isTableRule(head) || lines.isHead(line)) return UNDER_HEADING;
    if (isMarkedHeading(head)) return SECTION;
    const kind = isSignatureMark(head) || lines.isFence(line) ? PARAGRAPH : this.kindWithinBlock(line, next, nextEnd, indent, head);
    return kind !== WRAPPED && lines.endsInColon(line) ? UNDER_COLON : kind;
  }

  /** Whether the line that starts there underlines the one above it, which makes a heading of the two. */
  isUnderline(start: number): boolean {
    return isUnderline(this.lines.headOf(start, this.lines.endFrom(start)));
  }

  private kindAboveBlank(line: Line, breaks: number, head: string, nextSize: number): number {
    const { lines } = this;
    if (lines.isHeading(line)) return UNDER_HEADING; // be it above another heading: "PART ONE", then "Chapter 1"
    if (isHeading(head)) return SECTION;
    if (lines.isTitle(line, nextSize)) return UNDER_HEADING;
    if (breaks > 2 || isRule(head)) return SECTION;
    return lines.endsInColon(line) ? UNDER_COLON : PARAGRAPH;
  }

  private kindWithinBlock(line: Line, next: number, nextEnd: number, indent: number, head: string): number {
    const { lines } = this;
    if (lines.quoteDepth(line.start, line.end) !== lines.quoteDepth(next, nextEnd) || lines.isBlankQuote(next, nextEnd)) return PARAGRAPH;
    const isStopped = lines.isStopped(line);
    if (this.isEndedOnPurpose(line, next, nextEnd)) return isStopped ? PARAGRAPH : LINE;
    if (isStopped && indent > line.indent + 1) return PARAGRAPH;
    return isItem(head) ? LINE : WRAPPED;
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
}
