/** Edits on one text become the next text and the way back: where each place of the later text came from. */

/** Collects the edits of one step: replacements of stretches of a text, in ascending order and disjoint. */
export class Editor {
  readonly text: string;
  #count = 0;
  #pieces: string[] = [];
  #parts: string[] = [];
  #position = 0;
  /** Where the pieces that wait begin. */
  #waiting = 0;
  #shift = 0;
  #map: Uint32Array = NO_EDITS;

  constructor(text: string) {
    this.text = text;
  }

  get count(): number {
    return this.#count;
  }

  /** Replaces text.slice(start, end). Throws RangeError when edits overlap or are out of order: that would be a bug of the step. */
  replace(start: number, end: number, replacement: string): void {
    if (start < this.#position || end < start || end > this.text.length)
      throw new RangeError(`edit ${start}-${end} after ${this.#position} in a text of ${this.text.length}`);
    this.#pieces.push(this.text.slice(this.#position, start), replacement);
    this.#position = end;
    if (this.#pieces.length >= PIECES_AT_ONCE) this.#flush();
    this.#note(start, end, replacement.length);
  }

  /** The text after the edits. */
  result(): string {
    if (this.#count === 0) return this.text;
    this.#pieces.push(this.text.slice(this.#position));
    this.#position = this.text.length;
    this.#flush();
    const result = this.#parts.join("");
    this.#parts = [result];
    return result;
  }

  /** The way back from the text after the edits; null when there were none. */
  map(): EditMap | null {
    return this.#count === 0 ? null : new EditMap(this.#map.slice(0, this.#count * FIELDS));
  }

  /** Few long strings instead of many short ones, so that a text of millions of edits stays in bounds; long pieces are not worth a copy. */
  #flush(): void {
    const isDense = this.#position - this.#waiting < this.#pieces.length * LONG_PIECE;
    if (isDense) this.#parts.push(this.#pieces.join(""));
    else for (const piece of this.#pieces) this.#parts.push(piece);
    this.#pieces = [];
    this.#waiting = this.#position;
  }

  #note(start: number, end: number, length: number): void {
    const at = this.#count++ * FIELDS;
    if (at === this.#map.length) {
      const larger = new Uint32Array(Math.max(256, at * 2));
      larger.set(this.#map);
      this.#map = larger;
    }
    this.#map[at] = start;
    this.#map[at + 1] = end;
    this.#map[at + 2] = start + this.#shift;
    this.#map[at + 3] = start + this.#shift + length;
    this.#shift += length - (end - start);
  }
}

const NO_EDITS = new Uint32Array(0);
const PIECES_AT_ONCE = 8192;
const LONG_PIECE = 64; // on average; the object of a piece takes about as much memory
const FIELDS = 4; // start and end before, start and end after

/** Traces places of an edited text to the text before: binary search over the edits, four numbers each. */
export class EditMap {
  readonly #edits: Uint32Array;

  constructor(edits: Uint32Array) {
    this.#edits = edits;
  }

  /** Where the character at this offset began; inside a replacement, where the replaced stretch began. */
  startOf(offset: number): number {
    const next = this.#firstWith(3, offset + 1); // the first edit that ends behind the offset
    const isInside = next < this.#size && this.#edits[next * FIELDS + 2]! <= offset;
    return isInside ? this.#edits[next * FIELDS]! : this.#after(next - 1, offset);
  }

  /** Where the character before this offset ended; inside a replacement, where the replaced stretch ended. */
  endOf(offset: number): number {
    const last = this.#firstWith(2, offset) - 1; // the last edit that starts before the offset
    const isInside = last >= 0 && this.#edits[last * FIELDS + 3]! > offset;
    return isInside ? this.#edits[last * FIELDS + 1]! : this.#after(last, offset);
  }

  /** Whether an edit touches the stretch between two offsets of the edited text. */
  touches(start: number, end: number): boolean {
    const next = this.#firstWith(3, start);
    return next < this.#size && this.#edits[next * FIELDS + 2]! <= end;
  }

  get #size(): number {
    return this.#edits.length / FIELDS;
  }

  /** An offset in the untouched text behind an edit (-1: before the first). */
  #after(edit: number, offset: number): number {
    return edit < 0 ? offset : this.#edits[edit * FIELDS + 1]! + offset - this.#edits[edit * FIELDS + 3]!;
  }

  /** Index of the first edit whose field is at least the value. */
  #firstWith(field: number, value: number): number {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#edits[middle * FIELDS + field]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
