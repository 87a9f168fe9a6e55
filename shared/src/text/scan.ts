/** One pass over a text: characters counted by kind, and its words as numbers (hash, weight, flags) that later measures work on. */
import {
  CLASSES,
  classOf,
  FOLDED,
  HEAVY,
  HEAVY_WEIGHT,
  IDEOGRAPH,
  JOINED,
  KIND,
  LETTER,
  LOWER,
  MARK,
  NUMBER,
  OTHER,
  PUNCTUATION,
  SENTENCE_END,
  SYMBOL,
  UPPER,
  WHITE,
} from "./character-classes.js";

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

export interface Scan {
  readonly characters: number;
  /** Code points by kind: `counts[LETTER]`, `counts[WHITE]` ... */
  readonly counts: Uint32Array;
  readonly upper: number;
  readonly lower: number;
  readonly replacements: number; // U+FFFD
  /** Letters, marks and numbers, where an ideograph or syllable sign counts as three. */
  readonly weight: number;
  /** Letters, marks and numbers in runs longer than any word that mix cases or letters and digits: base64, hexadecimal, keys. */
  readonly coded: number;
  /** Lines with at least one visible character, and runs of them that blank lines part. */
  readonly lines: number;
  readonly paragraphs: number;
  readonly sentences: number;
  /** All words; `hashes` and the rest hold the first MAX_WORDS of them. */
  readonly words: number;
  readonly stored: number;
  readonly hashes: Int32Array;
  readonly weights: Uint8Array;
  readonly flags: Uint16Array;
  /** How the text ends: with a sentence end (quotes and brackets may follow it). */
  readonly endsSentence: boolean;
}

const MAX_WORDS = 4_000_000; // 25 MB of English: beyond it words are counted, not remembered, so that memory stays bounded
const PIECE_OF_IDEOGRAPHS = 2;
const PIECE_OF_JOINED = 5;
const LONGEST_WORD = 24; // longer ones are cut into pieces of eight, so that "aaaa..." and "abab..." repeat like words do
const PIECE_OF_LONG_WORD = 8;
const FNV_OFFSET = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;
const LINE_FEED = 10;
const FULL_STOP = 46;

/** Words as they are found, in typed arrays that double up to MAX_WORDS. */
class WordStore {
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

/** Apostrophes, hyphens and the Catalan dot, which stay inside a word when a letter follows. */
const isInnerMark = (code: number): boolean => code === 0x27 || code === 0x2019 || code === 0x2d || code === 0x2010 || code === 0xb7;

function continuesWord(text: string, index: number): boolean {
  const kind = classOf(text.codePointAt(index)!) & KIND;
  return kind >= LETTER && kind <= NUMBER;
}

/**
 * The words and counts of a text. Words are runs of letters, marks and numbers; apostrophes and hyphens inside one belong to it.
 * Scripts without spaces give runs of two (Han, kana) or five (Thai and the like) characters in place of words.
 * One long function, because every document passes through this loop and state in locals makes it several times faster.
 */
export function scanText(text: string): Scan {
  const counts = new Uint32Array(16);
  const store = new WordStore(text.length);
  let upper = 0;
  let lower = 0;
  let replacements = 0;
  let heavy = 0;
  let lines = 0;
  let paragraphs = 0;
  let lineIsVisible = false;
  let wasBlank = true;

  let family = 0; // 0 outside a word, else LETTER, IDEOGRAPH or JOINED
  let hash = FNV_OFFSET;
  let length = 0;
  let weight = 0;
  let cap = LONGEST_WORD;
  let flags = 0;
  let glue = 0; // 0 no symbol since the last word, 1 word just ended, GLUED symbol follows it directly
  let end = 0; // a sentence end was seen since the last word: 1 a full stop, 2 another mark
  const size = text.length;

  for (let index = 0; index < size; index++) {
    let code = text.charCodeAt(index);
    let character: number;
    if ((code & 0xf800) === 0xd800) {
      code = text.codePointAt(index)!;
      if (code > 0xffff) index++;
      character = classOf(code);
    } else character = CLASSES[code]!;
    const kind = character & KIND;
    counts[kind]!++;

    if (kind >= LETTER && kind <= NUMBER) {
      const own = kind === MARK && family !== 0 ? family : kind === IDEOGRAPH || kind === JOINED ? kind : LETTER;
      if (family !== 0 && (own !== family || (length >= cap && kind !== MARK))) {
        const isOverlong = own === family && family === LETTER;
        store.add(hash, weight, length, isOverlong ? flags | OVERLONG : flags);
        cap = isOverlong ? PIECE_OF_LONG_WORD : LONGEST_WORD;
        flags = isOverlong ? OVERLONG : 0;
        family = 0;
        glue = 0;
      } else if (family === 0) {
        cap = LONGEST_WORD;
        flags = glue & GLUED;
        if (end !== 0) {
          // "3.14" and "example.org" go on after their full stop; "好。再" does not need a space
          if (end === 2) store.flag(ENDS_SENTENCE);
          end = 0;
        }
      }
      if (family === 0) {
        family = own;
        hash = FNV_OFFSET;
        length = 0;
        weight = 0;
        if (own === IDEOGRAPH) cap = PIECE_OF_IDEOGRAPHS;
        else if (own === JOINED) cap = PIECE_OF_JOINED;
        if (own !== LETTER) flags |= PIECE;
      }
      if (character & UPPER) {
        upper++;
        flags |= length === 0 ? FIRST_UPPER : LATER_UPPER;
        if (code < 0x10000) code = FOLDED[code]!;
      } else if (character & LOWER) {
        lower++;
        flags |= HAS_LOWER;
      }
      hash = Math.imul(hash ^ code, FNV_PRIME);
      length++;
      if (character & HEAVY) {
        heavy++;
        weight += HEAVY_WEIGHT;
      } else weight++;
      flags |= kind === NUMBER ? HAS_NUMBER : HAS_LETTER;
      lineIsVisible = true;
      continue;
    }

    if (family !== 0) {
      if ((kind === OTHER || isInnerMark(code)) && index + 1 < size && continuesWord(text, index + 1)) continue;
      store.add(hash, weight, length, flags);
      family = 0;
      glue = 1;
    }
    if (kind === WHITE) {
      glue = 0;
      if (end !== 0) {
        store.flag(ENDS_SENTENCE);
        end = 0;
      }
      if (code === LINE_FEED) {
        if (lineIsVisible) {
          lines++;
          if (wasBlank) paragraphs++;
          wasBlank = false;
          store.flag(ENDS_LINE);
        } else {
          wasBlank = true;
          store.flag(ENDS_PARAGRAPH);
        }
        lineIsVisible = false;
      }
      continue;
    }
    if (kind !== OTHER) lineIsVisible = true;
    if (kind === SYMBOL) {
      if (glue !== 0) glue = GLUED;
      if (code !== 0x2a && code !== 0x5f) end = 0; // * and _ may close emphasis after a full stop
    } else if (kind === PUNCTUATION) {
      if (character & SENTENCE_END) end = code === FULL_STOP && end !== 2 ? 1 : 2;
      else if (end !== 0 && (code === 0x2c || code === 0x3a || code === 0x3b)) end = 0;
    }
    if (code === 0xfffd) replacements++;
  }
  if (family !== 0) store.add(hash, weight, length, flags);
  else if (end !== 0) store.flag(ENDS_SENTENCE);
  if (lineIsVisible) {
    lines++;
    if (wasBlank) paragraphs++;
  }
  store.flag(ENDS_LINE | ENDS_PARAGRAPH);
  const characters = counts.reduce((sum, count) => sum + count, 0);
  const letters = counts[LETTER]! + counts[IDEOGRAPH]! + counts[JOINED]! + counts[MARK]! + counts[NUMBER]!;
  return {
    characters,
    counts,
    upper,
    lower,
    replacements,
    weight: letters + heavy * (HEAVY_WEIGHT - 1),
    coded: store.coded,
    lines,
    paragraphs,
    sentences: store.sentences,
    words: store.words,
    stored: store.stored,
    hashes: store.hashes,
    weights: store.weights,
    flags: store.flags,
    endsSentence: store.lastEndsSentence,
  };
}
