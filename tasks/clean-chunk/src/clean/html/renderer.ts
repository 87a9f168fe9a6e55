/** Tokens of HTML become edits that leave only the text of the page, in lines as a browser would show them. */
import type { Editor } from "../editor.js";
import type { Pairs } from "./pairs.js";
import { CELLS, DROPPED, isContainer, isElement, LINES, PARAGRAPHS, PREFORMATTED, UNSEEN } from "./tags.js";
import { TokenHandler } from "./token-handler.js";
import type { PageNames } from "./xml-names.js";

/** What stands between two pieces of visible text; the strongest wins. */
const GAPS = ["", " ", "\t", "\n", "\n\n"] as const;
const NOTHING = 0;
const SPACE = 1;
const CELL = 2;
const LINE = 3;
const PARAGRAPH = 4;

const WORD = /[^\t\n\f\r ]+/g;
/** `10<sup>5</sup>` and `x<sup>-1</sup>`, but not `1<sup>st</sup>`. */
const BASE = /[\d)\]]$|(?:^|[^\p{L}\d])\p{L}$/u;
const EXPONENT = /^\s*(?:[-+\u2212]?\s*\d|n\b)/;

/** The part of a text that is HTML. */
export interface Page {
  readonly start: number;
  readonly end: number;
  /** Whether elements break its lines; otherwise its line feeds do. */
  readonly hasBlocks: boolean;
  /** Its sections of character data are text. */
  readonly isXml: boolean;
  /** Which element of a page stands for one of its own. */
  readonly names: PageNames;
}

/** Writes to an editor what tokens of a page ask for; their offsets count from the page's start. */
export class Renderer extends TokenHandler {
  readonly #editor: Editor;
  readonly #page: Page;
  readonly #pairs: Pick<Pairs, "ends" | "firstNumbers">;
  #gapStart: number;
  #gap: number = NOTHING;
  #bullet = "";
  readonly #lists: number[] = []; // the next number of each open list, NaN for bullets
  #tagStart = 0;
  #tagName = "";
  /** The end tag up to which everything is dropped; -1 for none. */
  #droppedTo = -1;
  #preformatted = 0;
  /** How many containers of each name are open, and of all. */
  readonly #containers = new Map<string, number>();
  #depth = 0;

  constructor(editor: Editor, page: Page, pairs: Pick<Pairs, "ends" | "firstNumbers">) {
    super();
    this.#editor = editor;
    this.#gapStart = page.start;
    this.#page = page;
    this.#pairs = pairs;
  }

  /** Ends the page: what is left is a gap to the text behind it. */
  finish(): void {
    const { end } = this.#page;
    if (end > this.#gapStart) this.#editor.replace(this.#gapStart, end, GAPS[this.#gap]!);
  }

  override ontext(start: number, end: number): void {
    if (this.#droppedTo < 0) this.#text(start + this.#page.start, end + this.#page.start);
  }

  override oncdata(start: number, end: number, endOffset: number): void {
    if (this.#page.isXml) this.ontext(start, end - endOffset);
  }

  #text(start: number, end: number): void {
    if (this.#preformatted > 0) this.#show(start, end);
    else this.#showWords(start, end);
  }

  #showWords(start: number, end: number): void {
    let last = start;
    for (const { 0: word, index } of this.#editor.text.slice(start, end).matchAll(WORD)) {
      if (start + index > last) this.#widen(this.#gapOf(last, start + index));
      last = start + index + word.length;
      this.#show(start + index, last);
    }
    if (last < end) this.#widen(this.#gapOf(last, end));
  }

  /** White space is one space, unless line feeds break lines: where the page has no blocks, and outside of all of them, as in Markdown. */
  #gapOf(start: number, end: number): number {
    if (this.#page.hasBlocks && this.#depth > 0) return SPACE;
    const feeds = this.#editor.text.slice(start, end).split("\n").length - 1;
    return [SPACE, LINE, PARAGRAPH][Math.min(feeds, 2)]!;
  }

  override onopentagname(start: number, end: number): void {
    this.#tagStart = start;
    this.#tagName = this.#nameAt(start, end);
  }

  override onopentagend(end: number): void {
    if (this.#droppedTo >= 0) return;
    if (isElement(this.#tagName)) this.#open(this.#tagName, end + 1 + this.#page.start);
    else this.ontext(this.#tagStart - 1, end + 1);
  }

  override onselfclosingtag(end: number): void {
    this.onopentagend(end);
  }

  override onclosetag(start: number, end: number): void {
    if (start === this.#droppedTo) this.#droppedTo = -1;
    else if (this.#droppedTo < 0) this.#closeAt(start, end);
  }

  #closeAt(start: number, end: number): void {
    const name = this.#nameAt(start, end);
    if (isElement(name)) this.#close(name);
    else this.ontext(start - 2, end + 1);
  }

  #nameAt(start: number, end: number): string {
    return this.#page.names(this.#editor.text.slice(this.#page.start + start, this.#page.start + end).toLowerCase());
  }

  #open(name: string, textStart: number): void {
    this.#droppedTo = this.#pairs.ends.get(this.#tagStart) ?? -1;
    if (DROPPED.has(name) && !UNSEEN.has(name)) this.#widen(SPACE);
    this.#breakAround(name);
    if (name === "br") this.#widen(this.#gap >= LINE ? PARAGRAPH : LINE);
    else if (name === "ul" || name === "ol")
      this.#lists.push(name === "ol" ? (this.#pairs.firstNumbers.get(this.#tagStart) ?? 1) : Number.NaN);
    else if (name === "li") this.#bullet = this.#nextBullet();
    else if (name === "sup" && this.#isExponent(textStart)) this.#bullet ||= "^";
    if (this.#droppedTo >= 0) return;
    if (PREFORMATTED.has(name)) this.#preformatted++;
    if (isContainer(name)) this.#count(name, 1);
  }

  #close(name: string): void {
    this.#breakAround(name);
    if (name === "ul" || name === "ol") this.#lists.pop();
    if (PREFORMATTED.has(name) && this.#preformatted > 0) this.#preformatted--;
    if (isContainer(name) && (this.#containers.get(name) ?? 0) > 0) this.#count(name, -1);
  }

  #count(name: string, change: number): void {
    this.#containers.set(name, (this.#containers.get(name) ?? 0) + change);
    this.#depth += change;
  }

  #isExponent(textStart: number): boolean {
    const { text } = this.#editor;
    return (
      this.#gap === NOTHING &&
      BASE.test(text.slice(Math.max(0, this.#gapStart - 2), this.#gapStart)) &&
      EXPONENT.test(text.slice(textStart, textStart + 8))
    );
  }

  #breakAround(name: string): void {
    if (PARAGRAPHS.has(name)) this.#widen(this.#lists.length > 0 && (name === "ul" || name === "ol" || name === "p") ? LINE : PARAGRAPH);
    else if (LINES.has(name)) this.#widen(LINE);
    else if (CELLS.has(name)) this.#widen(CELL);
  }

  #nextBullet(): string {
    const number = this.#lists.pop();
    if (number === undefined || Number.isNaN(number)) {
      if (number !== undefined) this.#lists.push(number);
      return "- ";
    }
    this.#lists.push(number + 1);
    return `${number}. `;
  }

  #widen(gap: number): void {
    if (gap > this.#gap) this.#gap = gap;
  }

  #show(start: number, end: number): void {
    const between = GAPS[this.#gap]! + this.#bullet;
    if (between !== this.#editor.text.slice(this.#gapStart, start)) this.#editor.replace(this.#gapStart, start, between);
    this.#gapStart = end;
    this.#gap = NOTHING;
    this.#bullet = "";
  }
}
