/** Tells what the end of a line is: of a section, a paragraph, an item, or just where a mail program wrapped a sentence. */
import { LINE, PARAGRAPH, SECTION, UNDER_HEADING } from "./borders.js";
import { isWhite, LINE_FEED, MEANINGS, SPACED_STOP } from "./characters.js";

/** The line goes on below: no better a border than any space. */
export const WRAPPED = -1;

/** A line without its white space, and how its block (lines up to a blank one) stands before it. */
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
const LONGEST_HEADING = 80;

const MARKED_HEADING = /^#{1,6}\s/;
const NAMED_HEADING =
  /^(?:(?:chapter|part|book|section|article|act|scene|canto|volume|appendix|prologue|epilogue|preface|introduction|conclusion|chapitre|kapitel|cap[ií]tulo|capitolo|глава|раздел)(?:\s.*)?|第.{1,8}[章節节回条條部編编].*|[IVXLC]{1,7}\.?|\d+(?:\.\d+)*\.?\s+\p{Lu}.*)$/iu;
const ITEM = /^(?:[-*+•‣▪–—·]\s|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s)/i;
const FIELD = /^[A-Za-z][A-Za-z0-9-]{0,30}:\s/;
const UNDERLINE = /^(?:=+|-{2,})$/;
const RULE = /^(?:[-*_=~#]\s?){3,}$/;

/** The kind of border between a line and the next one, which starts at `next`; `breaks` line feeds part them. */
export function lineEndKind(units: Uint16Array, line: Line, breaks: number, next: number, indent: number, length: number): number {
  const nextEnd = lineEndFrom(units, next, length);
  const nextHead = textOf(units, next, nextEnd);
  if (breaks > 1) return blankLineKind(units, line, breaks, nextHead);
  if (MARKED_HEADING.test(nextHead)) return SECTION;
  if (UNDERLINE.test(nextHead) || isMarkedHeading(units, line)) return UNDER_HEADING;
  if (quoteDepth(units, line.start, line.end) !== quoteDepth(units, next, nextEnd) || isBlankQuote(nextHead)) return PARAGRAPH;
  const endsSentence = isStopped(units, line);
  if (isEndedOnPurpose(units, line, next, nextEnd)) return endsSentence ? PARAGRAPH : LINE;
  if (endsSentence && indent > line.indent + 1) return PARAGRAPH;
  return ITEM.test(nextHead) || FIELD.test(nextHead) || RULE.test(nextHead) ? LINE : WRAPPED;
}

/** Whether that line underlines the one above it, which makes a heading of the two. */
export function isUnderline(units: Uint16Array, start: number, length: number): boolean {
  const unit = units[start];
  return (unit === 0x3d || unit === 0x2d) && UNDERLINE.test(textOf(units, start, lineEndFrom(units, start, length)));
}

function blankLineKind(units: Uint16Array, line: Line, breaks: number, nextHead: string): number {
  if (isHeading(nextHead)) return SECTION;
  if (isMarkedHeading(units, line) || isTitle(units, line)) return UNDER_HEADING;
  return breaks > 2 || RULE.test(nextHead) ? SECTION : PARAGRAPH;
}

/** The first units of a line, enough to tell what it is. */
function textOf(units: Uint16Array, start: number, end: number): string {
  return String.fromCharCode(...units.subarray(start, Math.min(end, start + LONGEST_HEADING + 1)));
}

const isHeading = (head: string): boolean => MARKED_HEADING.test(head) || (head.length <= LONGEST_HEADING && NAMED_HEADING.test(head));

const isMarkedHeading = (units: Uint16Array, line: Line): boolean =>
  units[line.start] === 0x23 && MARKED_HEADING.test(textOf(units, line.start, line.end));

/** A short line between blank ones, without a stop or comma at its end: what follows belongs to it. */
function isTitle(units: Uint16Array, line: Line): boolean {
  if (line.ordinal > 1 || line.end - line.start > LONGEST_HEADING) return false;
  const last = units[line.end - 1]!;
  return MEANINGS[last]! < SPACED_STOP && !isClosingMark(last);
}

const isClosingMark = (unit: number): boolean => unit === 0x2c || unit === 0x3b || unit === 0x22 || unit === 0x201d || unit === 0x29;

/** The line is long for a wrapped one, or the next line's first word would have found room on it. */
function isEndedOnPurpose(units: Uint16Array, line: Line, next: number, nextEnd: number): boolean {
  const size = line.end - line.start;
  if (size > LONGEST_WRAPPED) return true;
  const width = Math.max(NARROWEST_WRAPPED, line.width, nextEnd - next);
  let word = next;
  while (word < nextEnd && !isWhite(units[word]!)) word++;
  return size + 1 + (word - next) + SLACK <= width;
}

function isStopped(units: Uint16Array, line: Line): boolean {
  let end = line.end;
  while (end > line.start && isCloserOrMark(units[end - 1]!)) end--;
  return end > line.start && MEANINGS[units[end - 1]!]! >= SPACED_STOP;
}

const isCloserOrMark = (unit: number): boolean => unit === 0x22 || unit === 0x27 || unit === 0x29 || unit === 0x201d || unit === 0x2019;

/** How many ">" a line starts with, as quoted mail does. */
function quoteDepth(units: Uint16Array, start: number, end: number): number {
  let depth = 0;
  for (let at = start; at < end && (units[at] === 0x3e || units[at] === 0x20); at++) if (units[at] === 0x3e) depth++;
  return depth;
}

const isBlankQuote = (head: string): boolean => /^[>|\s]+$/.test(head);

/** End of the line that `start` is in, looking no further than tells whether it is a wrapped one. */
function lineEndFrom(units: Uint16Array, start: number, length: number): number {
  const limit = Math.min(length, start + LONGEST_WRAPPED + 1);
  let end = start;
  while (end < limit && units[end] !== LINE_FEED) end++;
  return end;
}

/** The line after the one described, for the next call. */
export function followingLine(line: Line, breaks: number, start: number, indent: number): Line {
  const isNewBlock = breaks > 1;
  return {
    start,
    end: start,
    indent,
    ordinal: isNewBlock ? 1 : line.ordinal + 1,
    width: isNewBlock ? 0 : Math.max(line.width, line.end - line.start),
  };
}
