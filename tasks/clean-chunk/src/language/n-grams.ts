/** A text to the n-grams by which eld knows its language: four bytes from every third of each word on, and its last four. */

/** eld reads a text up to the first space behind so many bytes, and to no more than the last of them. */
const BYTES_BEFORE_SPACE = 350;
const MOST_BYTES = 380;
const LONGEST_TEXT = 1000;
/** Bytes of a word that are read from its start; the last n-gram takes all that is left. */
const LONGEST_WORD = 70;
const NGRAM = 4;
const STRIDE = 3;
const SPACE = 0x20;

/** An n-gram of up to six bytes as two integers: its first four; the others and, above them, how many it has. */
export interface PackedNgram {
  readonly first: number;
  readonly second: number;
}

/** Of the n-grams that a model knows. */
export const LONGEST_PACKED = 6;
const LENGTH_SHIFT = 16;

/** Longer ones get a hash of their own that is no shorter one's: no model knows them, but they count. */
export function packed(bytes: Uint8Array, start: number, end: number): PackedNgram {
  const length = end - start;
  let first = 0;
  let second = 0;
  if (length <= LONGEST_PACKED) {
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      if (at < start + NGRAM) first = (first << 8) | byte;
      else second = (second << 8) | byte;
    }
    return { first, second: (length << LENGTH_SHIFT) | second };
  }
  for (let at = start; at < end; at++) {
    first = Math.imul(first ^ bytes[at]!, 0x01000193);
    second = Math.imul(second ^ bytes[at]!, 0x5bd1e995);
  }
  return { first, second: ((LONGEST_PACKED + 1) << LENGTH_SHIFT) | (second >>> LENGTH_SHIFT) };
}

/** A set of n-grams: more room than a text has, and a stamp in place of emptying it. */
class NgramSet {
  private readonly keys = new Int32Array(2 * SET_SIZE);
  private readonly stamps = new Int32Array(SET_SIZE);
  private stamp = 0;
  size = 0;

  clear(): void {
    this.stamp = (this.stamp + 1) | 0 || 1;
    this.size = 0;
  }

  /** Whether it was not there yet. */
  add({ first, second }: PackedNgram): boolean {
    const { keys, stamps, stamp } = this;
    let slot = (Math.imul(first ^ second, 0x9e3779b1) >>> 16) & (SET_SIZE - 1);
    while (stamps[slot] === stamp) {
      if (keys[2 * slot] === first && keys[2 * slot + 1] === second) return false;
      slot = (slot + 1) & (SET_SIZE - 1);
    }
    stamps[slot] = stamp;
    keys[2 * slot] = first;
    keys[2 * slot + 1] = second;
    this.size++;
    return true;
  }
}

const SET_SIZE = 1024; // MOST_BYTES is a bound of how many there are

/** Reads texts for their n-grams as eld does. */
export class NgramReader {
  private readonly seen = new NgramSet();
  /** The words, each between two spaces. */
  private readonly bytes = new Uint8Array(4 * MOST_BYTES);
  private length = 0;

  /** `separators` part words; `letters` are eld's for the bytes of UTF-8. */
  constructor(
    private readonly separators: RegExp,
    private readonly letters: Uint8Array,
  ) {}

  /** Calls `visit` with each different n-gram of the text; returns how many there are. */
  read(text: string, visit: (first: number, second: number) => void): number {
    const words = text.slice(0, LONGEST_TEXT).replace(this.separators, " ").trim().toLowerCase();
    this.seen.clear();
    let bytesRead = 0;
    let start = this.startWord(0);
    for (let at = 0; at < words.length && bytesRead <= MOST_BYTES; at++) {
      const code = words.charCodeAt(at);
      if (code === SPACE) {
        start = this.endWord(start, visit);
        if (bytesRead > BYTES_BEFORE_SPACE) break;
        bytesRead++;
      } else bytesRead += this.addCharacter(code);
    }
    this.endWord(start, visit);
    return this.seen.size;
  }

  private startWord(at: number): number {
    this.bytes[at] = SPACE;
    this.length = at + 1;
    return this.length;
  }

  /** Adds a character to the word; returns how many bytes it has. */
  private addCharacter(code: number): number {
    if (code < 0x80) {
      this.bytes[this.length++] = code;
      return 1;
    }
    if (code < 0x800) {
      this.addByte(0xc0 | (code >> 6));
      this.addByte(0x80 | (code & 0x3f));
      return 2;
    }
    this.addByte(0xe0 | (code >> 12));
    this.addByte(0x80 | ((code >> 6) & 0x3f));
    this.addByte(0x80 | (code & 0x3f));
    return 3;
  }

  private addByte(byte: number): void {
    this.bytes[this.length++] = this.letters[byte]!;
  }

  /** Visits the n-grams of the word that starts at `start`, if there is one, and gives where the next one starts. */
  private endWord(start: number, visit: (first: number, second: number) => void): number {
    const end = this.length;
    if (end === start) return start;
    this.bytes[end] = SPACE;
    const length = Math.min(LONGEST_WORD, end - start);
    let offset = 0;
    for (; offset + NGRAM < length; offset += STRIDE)
      this.visitNew(offset === 0 ? start - 1 : start + offset, start + offset + NGRAM, visit);
    this.visitNew(offset === 0 ? start - 1 : start + length - NGRAM, end + 1, visit);
    return this.startWord(end);
  }

  private visitNew(start: number, end: number, visit: (first: number, second: number) => void): void {
    const ngram = packed(this.bytes, start, end);
    if (this.seen.add(ngram)) visit(ngram.first, ngram.second);
  }
}
