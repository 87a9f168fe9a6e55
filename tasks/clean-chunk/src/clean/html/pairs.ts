/** What tags of a page say that their names do not: which content is dropped, up to which end tag, and where lists begin to count. */
import { DROPPED } from "./tags.js";
import { TokenHandler } from "./token-handler.js";
import type { PageNames } from "./xml-names.js";

const HIDING = /display\s*:\s*none|visibility\s*:\s*hidden/i;
const TELLING = new Set([5, 6]); // lengths of the attributes that are looked at

/** Pairs the tags of a page: what is never ended drops nothing. Offsets are those of the tags' names. */
export class Pairs extends TokenHandler {
  /** Start tags whose content is dropped, because the element is no text of the page or hidden, each with the end tag that belongs to it. */
  readonly ends = new Map<number, number>();
  /** The first number of ordered lists that do not begin with 1. */
  readonly firstNumbers = new Map<number, number>();
  readonly #page: string;
  readonly #names: PageNames;
  /** The start tags of each name that are not ended yet, from the first on whose content is dropped. */
  readonly #open = new Map<string, { readonly start: number; readonly isDropped: boolean }[]>();
  #started = "";
  #startedAt = 0;
  #isHidden = false;
  #attribute = "";

  constructor(page: string, names: PageNames) {
    super();
    this.#page = page;
    this.#names = names;
  }

  override onopentagname(start: number, end: number): void {
    this.#started = this.#nameAt(start, end);
    this.#startedAt = start;
    this.#isHidden = false;
  }

  override onattribname(start: number, end: number): void {
    this.#attribute = TELLING.has(end - start) ? this.#page.slice(start, end).toLowerCase() : "";
    if (this.#attribute === "hidden") this.#isHidden = true;
  }

  override onattribdata(start: number, end: number): void {
    if (this.#attribute === "style" && HIDING.test(this.#page.slice(start, end))) this.#isHidden = true;
    else if (this.#attribute === "start" && this.#started === "ol") {
      const first = Number.parseInt(this.#page.slice(start, end), 10);
      if (Number.isSafeInteger(first)) this.firstNumbers.set(this.#startedAt, first);
    }
  }

  override onopentagend(): void {
    const isDropped = this.#isHidden || DROPPED.has(this.#started);
    const open = this.#open.get(this.#started) ?? [];
    if (!isDropped && open.length === 0) return;
    open.push({ start: this.#startedAt, isDropped });
    this.#open.set(this.#started, open);
  }

  override onclosetag(start: number, end: number): void {
    const opened = this.#open.get(this.#nameAt(start, end))?.pop();
    if (opened?.isDropped) this.ends.set(opened.start, start);
  }

  #nameAt(start: number, end: number): string {
    return this.#names(this.#page.slice(start, end).toLowerCase());
  }
}
