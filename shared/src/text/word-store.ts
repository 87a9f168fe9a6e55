/** The words of a text as they are found, in typed arrays. */

/** Flags of a word: what it is made of and what follows it. */
export const FIRST_UPPER = 1;
export const LATER_UPPER = 2;
export const HAS_LOWER = 4;
export const HAS_LETTER = 8;
export const HAS_NUMBER = 16;
/** A symbol stands between this word and the one before, with no space around it: w@rd, CafÃ©s. */
export const GLUED = 32;
/** A piece of text written without spaces: not a word that a writer set apart. */
export const PIECE = 64;
export const ENDS_SENTENCE = 128;
export const ENDS_LINE = 256;
export const ENDS_PARAGRAPH = 512;
/** A piece of a run of letters and digits longer than any word, in a script with spaces: base64, hexadecimal, "aaaa...". */
export const OVERLONG = 1024;

const MAX_WORDS = 4_000_000; // 25 MB of English: beyond it words are counted, not remembered, so that memory stays bounded

/** Hashes, weights and flags of words, in arrays that double up to MAX_WORDS. */
export class WordStore {
  words = 0;
  stored = 0;
  sentences = 0;
  coded = 0;
  lastEndsSentence = false;
  hashes: Int32Array;
  weights: Uint8Array;
  flags: Uint16Array;

  constructor(textLength: number) {
    const capacity = Math.min(MAX_WORDS, (textLength >> 2) + 16);
    this.hashes = new Int32Array(capacity);
    this.weights = new Uint8Array(capacity);
    this.flags = new Uint16Array(capacity);
  }

  add(hash: number, weight: number, length: number, flags: number): void {
    this.words++;
    if (flags & OVERLONG && (flags & HAS_NUMBER || (flags & LATER_UPPER && flags & HAS_LOWER))) this.coded += length;
    this.lastEndsSentence = false;
    if (this.stored === this.hashes.length && !this.grow()) return;
    this.hashes[this.stored] = hash;
    this.weights[this.stored] = Math.min(weight, 255); // a letter may carry any number of marks
    this.flags[this.stored++] = flags;
  }

  /** Adds a flag to the last word. */
  flag(flag: number): void {
    if (flag === ENDS_SENTENCE && !this.lastEndsSentence && this.words > 0) {
      this.sentences++;
      this.lastEndsSentence = true;
    }
    if (this.stored > 0 && this.words === this.stored) this.flags[this.stored - 1]! |= flag;
  }

  private grow(): boolean {
    if (this.stored === MAX_WORDS) return false;
    const capacity = Math.min(MAX_WORDS, this.stored * 2);
    this.hashes = grown(new Int32Array(capacity), this.hashes);
    this.weights = grown(new Uint8Array(capacity), this.weights);
    this.flags = grown(new Uint16Array(capacity), this.flags);
    return true;
  }
}

function grown<T extends Int32Array | Uint8Array | Uint16Array>(larger: T, smaller: T): T {
  larger.set(smaller);
  return larger;
}
