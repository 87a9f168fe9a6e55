/** Finds a text's sentence ends and meaningful line ends in one pass. */
import { Borders, PARAGRAPH, SECTION, SENTENCE, UNDER_HEADING } from "./borders.js";
import { BREAK, LINE_FEED, MEANINGS, skipWhite, trimEnd } from "./characters.js";
import { followingLine, isUnderline, type Line, lineEndKind, WRAPPED } from "./line-ends.js";
import { sentenceEnd } from "./sentence-end.js";

/** The borders of units[0, length): the text's start, sentences, paragraphs and other lines ended on purpose, the text's end. */
export function findBorders(units: Uint16Array, length: number): Borders {
  const borders = new Borders();
  const first = skipWhite(units, 0, length);
  const last = trimEnd(units, first, length);
  if (first === last) return borders;
  borders.add(first, first, SECTION);
  let line: Line = { start: first, end: first, indent: 0, ordinal: 1, width: 0 };
  for (let at = first; at < last; ) {
    const meaning = MEANINGS[units[at]!]!;
    if (meaning === 0) at++;
    else if (meaning === BREAK) {
      line = addLineEnd(borders, units, { ...line, end: trimEnd(units, line.start, at) }, at, last);
      at = line.start;
    } else at = addSentenceEnd(borders, units, at, last);
  }
  if (borders.starts.at(-1) !== last) borders.add(last, last, SECTION);
  return borders;
}

/** Adds the end of a sentence, if the stop at `at` is one, and gives where to go on. */
function addSentenceEnd(borders: Borders, units: Uint16Array, at: number, last: number): number {
  const end = sentenceEnd(units, at, last);
  if (end < 0) return at + 1;
  borders.add(end, skipWhite(units, end, last), SENTENCE);
  return end;
}

/** Adds the end of a line, unless it was only wrapped, and gives the line below. */
function addLineEnd(borders: Borders, units: Uint16Array, line: Line, at: number, last: number): Line {
  const start = skipWhite(units, at, last);
  let breaks = 0;
  let lineStart = at;
  for (let unit = at; unit < start; unit++) {
    if (units[unit] !== LINE_FEED) continue;
    breaks++;
    lineStart = unit + 1;
  }
  const indent = start - lineStart;
  const kind = lineEndKind(units, line, breaks, start, indent, last);
  if (kind === UNDER_HEADING && breaks === 1 && isUnderline(units, start, last)) promoteBefore(borders, line.start);
  if (kind !== WRAPPED) addKind(borders, line.end, start, kind);
  return followingLine(line, breaks, start, indent);
}

/** A line end where a sentence ends too is the better of the two, but a cut below a heading is poor even if that ends in a stop. */
function addKind(borders: Borders, end: number, start: number, kind: number): void {
  const previous = borders.length - 1;
  if (borders.starts[previous] !== start) borders.add(end, start, kind);
  else borders.ranks[previous] = kind === UNDER_HEADING ? kind : Math.min(kind, borders.ranks[previous]!);
}

/** An underlined line turns out to be a heading when its underline is met: the border above it starts a section. */
function promoteBefore(borders: Borders, start: number): void {
  for (let index = borders.length - 1; index > 0 && borders.starts[index]! >= start; index--)
    if (borders.starts[index] === start && borders.ranks[index]! <= PARAGRAPH) borders.ranks[index] = SECTION;
}
