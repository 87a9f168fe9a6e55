/** Finds a text's sentence ends and meaningful line ends in one pass. */
import type { CountedText } from "@pipeline/shared/tokens/token-counter";
import { Borders, CLAUSE, LINE, PARAGRAPH, SECTION, UNDER_HEADING } from "./borders.js";
import { BREAK, LINE_FEED, MEANINGS, skipWhite, trimEnd } from "./characters.js";
import { CodeBlocks } from "./code-blocks.js";
import { LineEnds, WRAPPED } from "./line-ends.js";
import { LONGEST_HEADING } from "./line-shapes.js";
import { type Line, Lines, lineBelow } from "./lines.js";
import { NO_SENTENCE, SentenceEnds } from "./sentence-ends.js";

/** The borders of a text, counted as it is: its start, sentences, paragraphs and other lines ended on purpose, its end. */
export function findBorders(text: string, counted: CountedText): Borders {
  const { units } = counted;
  const first = skipWhite(units, 0, text.length);
  const last = trimEnd(units, first, text.length);
  return first === last ? new Borders() : new BorderFinder(text, counted, first, last).find();
}

class BorderFinder {
  private readonly borders = new Borders();
  private readonly lineEnds: LineEnds;
  private readonly codeBlocks: CodeBlocks;
  private readonly sentenceEnds: SentenceEnds;
  private readonly units: Uint16Array;
  private line: Line;

  constructor(
    text: string,
    counted: CountedText,
    private readonly first: number,
    private readonly last: number,
  ) {
    const { units } = counted;
    this.units = units;
    const lines = new Lines(text, units, last);
    this.lineEnds = new LineEnds(units, lines);
    this.codeBlocks = new CodeBlocks(text, units, lines);
    this.sentenceEnds = new SentenceEnds(text, units, last);
    this.line = { start: first, end: first, indent: 0, ordinal: 1, width: 0 };
  }

  find(): Borders {
    const { borders, units, last } = this;
    borders.add(this.first, this.first, SECTION);
    for (let at = this.nextMeaning(this.skipCode(this.first)); at < last; at = this.nextMeaning(at))
      at = MEANINGS[units[at]!] === BREAK ? this.addLineEnd(at) : this.addSentenceEnd(at);
    if (borders.starts.at(-1) !== last) borders.add(last, last, SECTION);
    return borders;
  }

  /** Adds the end of a sentence, if the stop at `at` is one, and gives where to go on. */
  private addSentenceEnd(at: number): number {
    const end = this.sentenceEnds.closedFrom(at);
    const kind = this.sentenceEnds.kindAt(at, end);
    if (kind === NO_SENTENCE) return at + 1;
    this.borders.add(end, skipWhite(this.units, end, this.last), kind);
    return end;
  }

  /** Adds the end of a line, unless it was only wrapped, and gives where the line below starts. */
  private addLineEnd(at: number): number {
    const { units, borders } = this;
    const line = { ...this.line, end: trimEnd(units, this.line.start, at) };
    const start = skipWhite(units, at, this.last);
    let breaks = 0;
    let lineStart = at;
    for (let unit = at; unit < start; unit++) {
      if (units[unit] !== LINE_FEED) continue;
      breaks++;
      lineStart = unit + 1;
    }
    const kind = this.lineEnds.kindBelow(line, breaks, start, start - lineStart);
    if (kind === UNDER_HEADING && breaks === 1 && this.lineEnds.isUnderline(start)) promoteAt(borders, line.start);
    if (kind === UNDER_HEADING && line.end - line.start <= LONGEST_HEADING) borders.dropBehind(line.start);
    if (kind !== WRAPPED) addKind(borders, line.end, start, kind);
    this.line = lineBelow(line, breaks, start, start - lineStart);
    return this.skipCode(start);
  }

  /** Adds the ends of the lines of the block of code that opens at `start`, and gives where its last line begins; `start` when there is none. */
  private skipCode(start: number): number {
    const closing = this.codeBlocks.closing(start);
    if (closing === undefined) return start;
    const { units } = this;
    let at = start;
    while (units[at] !== LINE_FEED) at++; // the opening fence stays with the first line
    for (at = skipWhite(units, at, closing); at < closing; ) at = this.addCodeLine(at, closing);
    this.line = { ...this.line, start: closing };
    return closing;
  }

  /** Adds the end of the line of code at `start`, unless only the closing fence follows, and gives where the next line begins. */
  private addCodeLine(start: number, closing: number): number {
    const { units, borders } = this;
    let end = start;
    while (units[end] !== LINE_FEED) end++;
    const next = skipWhite(units, end, closing);
    const isBlankBelow = units.subarray(end + 1, next).includes(LINE_FEED);
    if (next < closing) borders.add(trimEnd(units, start, end), next, isBlankBelow ? LINE : CLAUSE);
    return next;
  }

  /** The next line feed or stop from `from` on, or the end. */
  private nextMeaning(from: number): number {
    const { units, last } = this;
    let at = from;
    while (at < last && MEANINGS[units[at]!] === 0) at++;
    return at;
  }
}

/** A line end where a sentence ends too is the better of the two, but a cut below a heading is poor even if that ends in a stop. */
function addKind(borders: Borders, end: number, start: number, kind: number): void {
  const previous = borders.length - 1;
  if (borders.starts[previous] !== start) borders.add(end, start, kind);
  else borders.ranks[previous] = kind === UNDER_HEADING ? kind : Math.min(kind, borders.ranks[previous]!);
}

/** An underlined line turns out to be a heading when its underline is met: the border above it starts a section. */
function promoteAt(borders: Borders, start: number): void {
  for (let index = borders.length - 1; index > 0 && borders.starts[index]! >= start; index--)
    if (borders.starts[index] === start && borders.ranks[index]! <= PARAGRAPH) borders.ranks[index] = SECTION;
}
