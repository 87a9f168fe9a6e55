/** Start tags of elements whose content is dropped, each with the end tag that belongs to it: what is never ended drops nothing. */
import { DROPPED } from "./tags.js";
import { TokenHandler } from "./token-handler.js";

/** Pairs the tags of a page. Offsets are those of the tags' names. */
export class Pairs extends TokenHandler {
  /** Start tag to end tag. */
  readonly ends = new Map<number, number>();
  readonly #page: string;
  /** The start tags of each name that are not ended yet. */
  readonly #open = new Map<string, number[]>();
  #started = "";
  #startedAt = 0;

  constructor(page: string) {
    super();
    this.#page = page;
  }

  override onopentagname(start: number, end: number): void {
    this.#started = this.#nameAt(start, end);
    this.#startedAt = start;
  }

  override onopentagend(): void {
    if (!DROPPED.has(this.#started)) return;
    const open = this.#open.get(this.#started) ?? [];
    open.push(this.#startedAt);
    this.#open.set(this.#started, open);
  }

  override onclosetag(start: number, end: number): void {
    const opened = this.#open.get(this.#nameAt(start, end))?.pop();
    if (opened !== undefined) this.ends.set(opened, start);
  }

  #nameAt(start: number, end: number): string {
    return this.#page.slice(start, end).toLowerCase();
  }
}
