/** Tokens of HTML become edits that leave only the text of the page, in lines as a browser would show them. */
import type { Editor } from "../editor.js";
import { CELLS, DROPPED, isElement, LINES, PARAGRAPHS, PREFORMATTED } from "./tags.js";
import { TokenHandler } from "./token-handler.js";

/** What stands between two pieces of visible text; the strongest wins. */
const GAPS = ["", " ", "\t", "\n", "\n\n"] as const;
const NOTHING = 0;
const SPACE = 1;
const CELL = 2;
const LINE = 3;
const PARAGRAPH = 4;

const WORD = /[^\t\n\f\r ]+/g;

/** The part of a text that is HTML. */
export interface Page {
  readonly start: number;
  readonly end: number;
  /** Whether elements break its lines; otherwise its line feeds do. */
  readonly hasBlocks: boolean;
}

/** Writes to an editor what tokens of a page ask for; their offsets count from the page's start. */
export class Renderer extends TokenHandler {
  readonly #editor: Editor;
  readonly #page: Page;
  readonly #ends: ReadonlyMap<number, number>;
  #gapStart: number;
  #gap: number = NOTHING;
  #bullet = "";
  readonly #lists: number[] = []; // the next number of each open list, NaN for bullets
  #tagStart = 0;
  #tagName = "";
  /** The end tag up to which everything is dropped; -1 for none. */
  #droppedTo = -1;
  #preformatted = 0;

  /** `ends`: the end tag of each start tag whose content is dropped. */
  constructor(editor: Editor, page: Page, ends: ReadonlyMap<number, number>) {
    super();
    this.#editor = editor;
    this.#gapStart = page.start;
    this.#page = page;
    this.#ends = ends;
  }

  /** Ends the page: what is left is a gap to the text behind it. */
  finish(): void {
    const { end } = this.#page;
    if (end > this.#gapStart) this.#editor.replace(this.#gapStart, end, GAPS[this.#gap]!);
  }

  override ontext(start: number, end: number): void {
    if (this.#droppedTo < 0) this.#text(start + this.#page.start, end + this.#page.start);
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

  /** White space is one space, unless line feeds are all that the page has to break lines. */
  #gapOf(start: number, end: number): number {
    if (this.#page.hasBlocks) return SPACE;
    const feeds = this.#editor.text.slice(start, end).split("\n").length - 1;
    return [SPACE, LINE, PARAGRAPH][Math.min(feeds, 2)]!;
  }

  override onopentagname(start: number, end: number): void {
    this.#tagStart = start;
    this.#tagName = this.#nameAt(start, end);
  }

  override onopentagend(end: number): void {
    if (this.#droppedTo >= 0) return;
    if (isElement(this.#tagName)) this.#open(this.#tagName);
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
    return this.#editor.text.slice(this.#page.start + start, this.#page.start + end).toLowerCase();
  }

  #open(name: string): void {
    if (DROPPED.has(name)) this.#droppedTo = this.#ends.get(this.#tagStart) ?? -1;
    this.#breakAround(name);
    if (name === "br") this.#widen(this.#gap >= LINE ? PARAGRAPH : LINE);
    else if (name === "ul" || name === "ol") this.#lists.push(name === "ol" ? 1 : Number.NaN);
    else if (name === "li") this.#bullet = this.#nextBullet();
    else if (name === "sup" && /[\d)]/.test(this.#editor.text[this.#gapStart - 1] ?? "")) this.#bullet ||= "^";
    if (PREFORMATTED.has(name)) this.#preformatted++;
  }

  #close(name: string): void {
    this.#breakAround(name);
    if (name === "ul" || name === "ol") this.#lists.pop();
    if (PREFORMATTED.has(name) && this.#preformatted > 0) this.#preformatted--;
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
