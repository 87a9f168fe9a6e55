/**
 * The loop behind `scanText`. Every document passes through it, many of them before it is compiled: words and what is between them
 * are functions of their own, which compile in a fraction of the time that one for all takes, and a rare character costs only its own again.
 */
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
  SENTENCE_END,
  SYMBOL,
  UPPER,
  WHITE,
} from "./character-classes.js";
import type { Scan } from "./scan.js";
import {
  ENDS_LINE,
  ENDS_PARAGRAPH,
  ENDS_SENTENCE,
  FIRST_UPPER,
  GLUED,
  HAS_LETTER,
  HAS_LOWER,
  HAS_NUMBER,
  LATER_UPPER,
  OVERLONG,
  PIECE,
  WordStore,
} from "./word-store.js";

const PIECE_OF_IDEOGRAPHS = 2;
const PIECE_OF_JOINED = 5;
const LONGEST_WORD = 24; // longer ones are cut into pieces of eight, so that "aaaa..." and "abab..." repeat like words do
const PIECE_OF_LONG_WORD = 8;
const FNV_OFFSET = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;
const LINE_FEED = 10;
const SMALL_LETTER = LETTER | LOWER;

/** What stands between two words: anything, nothing yet, or GLUED when symbols do and no space. */
const PARTED = 0;
const JUST_ENDED = 1;

/** The sentence end that was seen since the last word. */
const NO_END = 0;
const FULL_STOP = 1;
const OTHER_END = 2;

/** One text on its way through the scan. */
export class TextScanner {
  private readonly counts = new Uint32Array(16);
  private readonly store: WordStore;
  private upper = 0;
  private lower = 0;
  private heavy = 0;
  private replacements = 0;
  private lines = 0;
  private paragraphs = 0;
  private lineIsVisible = false;
  private wasBlank = true;
  private glue = PARTED;
  private end = NO_END;

  constructor(private readonly text: string) {
    this.store = new WordStore(text.length);
  }

  scan(): Scan {
    for (let at = 0; at < this.text.length; ) at = this.readGap(this.readWord(at));
    if (this.end !== NO_END) this.store.flag(ENDS_SENTENCE);
    if (this.lineIsVisible) this.countLine();
    this.store.flag(ENDS_LINE | ENDS_PARAGRAPH);
    return this.result();
  }

  /** Reads the word that starts at `start`, if one does, and gives where it ends. A long one, or one in two scripts, is added in pieces. */
  private readWord(start: number): number {
    const { text, counts, store } = this;
    let family = 0; // of the piece at hand: LETTER, IDEOGRAPH or JOINED
    let hash = FNV_OFFSET;
    let length = 0;
    let weight = 0;
    let cap = LONGEST_WORD;
    let flags = 0;
    let at = start;
    for (; at < text.length; at++) {
      let code = text.charCodeAt(at);
      if ((code & 0xf800) === 0xd800) code = text.codePointAt(at)!;
      const character = classOf(code);
      const kind = character & KIND;
      if (kind < LETTER || kind > NUMBER) {
        if (family === 0 || !this.isInner(code, kind, at)) break;
        counts[kind]!++;
        if (code > 0xffff) at++;
        continue;
      }
      const own = kind === MARK && family !== 0 ? family : kind === IDEOGRAPH || kind === JOINED ? kind : LETTER;
      if (own !== family || (length >= cap && kind !== MARK)) {
        const isOverlong = own === family && own === LETTER;
        if (family === 0) flags = this.startWord();
        else {
          store.add(hash, weight, length, isOverlong ? flags | OVERLONG : flags);
          flags = isOverlong ? OVERLONG : 0;
        }
        family = own;
        hash = FNV_OFFSET;
        length = weight = 0;
        cap = isOverlong ? PIECE_OF_LONG_WORD : CAPS[own]!;
        if (own !== LETTER) flags |= PIECE;
      }
      counts[kind]!++;
      if (code > 0xffff) at++;
      if (character & UPPER) {
        this.upper++;
        flags |= length === 0 ? FIRST_UPPER : LATER_UPPER;
        if (code < 0x10000) code = FOLDED[code]!;
      } else if (character & LOWER) {
        this.lower++;
        flags |= HAS_LOWER;
      }
      hash = Math.imul(hash ^ code, FNV_PRIME);
      length++;
      weight++;
      if (character & HEAVY) {
        this.heavy++;
        weight += HEAVY_WEIGHT - 1;
      }
      flags |= kind === NUMBER ? HAS_NUMBER : HAS_LETTER;
      if (family !== LETTER) continue;
      // Most of a text is small letters within a word: none of the above has to be asked for them.
      const first = at + 1;
      const stop = Math.min(text.length, first + cap - length);
      let next = first;
      for (; next < stop; next++) {
        const unit = text.charCodeAt(next);
        if (CLASSES[unit] !== SMALL_LETTER) break;
        hash = Math.imul(hash ^ unit, FNV_PRIME);
      }
      if (next === first) continue;
      this.countSmall(next - first);
      length += next - first;
      weight += next - first;
      flags |= HAS_LOWER | HAS_LETTER;
      at = next - 1;
    }
    if (family !== 0) {
      store.add(hash, weight, length, flags);
      this.glue = JUST_ENDED;
      this.lineIsVisible = true;
    }
    return at;
  }

  private countSmall(letters: number): void {
    this.counts[LETTER]! += letters;
    this.lower += letters;
  }

  /** "3.14" and "example.org" go on after their full stop; "好。再" does not need a space. Gives the first flags of the word. */
  private startWord(): number {
    if (this.end === OTHER_END) this.store.flag(ENDS_SENTENCE);
    this.end = NO_END;
    return this.glue & GLUED;
  }

  /** Whether what is no letter stays inside the word around it: an apostrophe, a hyphen, a character without any width. */
  private isInner(code: number, kind: number, at: number): boolean {
    const next = code > 0xffff ? at + 2 : at + 1;
    if ((kind !== OTHER && !isInnerMark(code)) || next >= this.text.length) return false;
    const nextKind = classOf(this.text.codePointAt(next)!) & KIND;
    return nextKind >= LETTER && nextKind <= NUMBER;
  }

  /** Reads from `start` up to where the next word starts, and gives that. */
  private readGap(start: number): number {
    const { text, counts } = this;
    let at = start;
    for (; at < text.length; at++) {
      let code = text.charCodeAt(at);
      if ((code & 0xf800) === 0xd800) code = text.codePointAt(at)!;
      const character = classOf(code);
      const kind = character & KIND;
      if (kind >= LETTER && kind <= NUMBER) break;
      counts[kind]!++;
      if (kind === WHITE) this.addWhite(code);
      else if (kind !== OTHER) this.addMark(code, character);
      if (code > 0xffff) at++;
    }
    return at;
  }

  private addWhite(code: number): void {
    this.glue = PARTED;
    if (this.end !== NO_END) {
      this.store.flag(ENDS_SENTENCE);
      this.end = NO_END;
    }
    if (code === LINE_FEED) this.endLine();
  }

  private endLine(): void {
    if (this.lineIsVisible) {
      this.countLine();
      this.store.flag(ENDS_LINE);
    } else this.store.flag(ENDS_PARAGRAPH);
    this.wasBlank = !this.lineIsVisible;
    this.lineIsVisible = false;
  }

  private countLine(): void {
    this.lines++;
    if (this.wasBlank) this.paragraphs++;
  }

  private addMark(code: number, character: number): void {
    this.lineIsVisible = true;
    if ((character & KIND) === SYMBOL) {
      if (this.glue !== PARTED) this.glue = GLUED;
      if (code !== 0x2a && code !== 0x5f) this.end = NO_END; // * and _ may close emphasis after a full stop
      if (code === 0xfffd) this.replacements++;
    } else if (character & SENTENCE_END) this.end = code === 0x2e && this.end !== OTHER_END ? FULL_STOP : OTHER_END;
    else if (this.end !== NO_END && (code === 0x2c || code === 0x3a || code === 0x3b)) this.end = NO_END;
  }

  private result(): Scan {
    const { counts, store, upper, lower, replacements, lines, paragraphs } = this;
    const letters = counts[LETTER]! + counts[IDEOGRAPH]! + counts[JOINED]! + counts[MARK]! + counts[NUMBER]!;
    return {
      characters: counts.reduce((sum, count) => sum + count, 0),
      counts,
      upper,
      lower,
      replacements,
      weight: letters + this.heavy * (HEAVY_WEIGHT - 1),
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
}

/** Longest piece of each kind of letter. */
const CAPS = new Uint8Array(16);
CAPS[LETTER] = LONGEST_WORD;
CAPS[IDEOGRAPH] = PIECE_OF_IDEOGRAPHS;
CAPS[JOINED] = PIECE_OF_JOINED;

/** Apostrophes, hyphens and the Catalan dot, which stay inside a word when a letter follows. */
const isInnerMark = (code: number): boolean => code === 0x27 || code === 0x2019 || code === 0x2d || code === 0x2010 || code === 0xb7;
