/** Decides whether a stop ends a sentence, and where that sentence ends: behind the closing quotes and brackets. */
import { tableOf } from "../unit-table.js";
import { BEFORE_NUMBERS, hasListedShape, MID_SENTENCE, STARTERS, TITLES, WORDS_WHEN_SMALL } from "./abbreviations.js";
import { LOOSE_SENTENCE, SENTENCE } from "./borders.js";
import {
  FULL_STOP,
  isCloser,
  isDigit,
  isLetter,
  isLower,
  isOpener,
  isUnspaced,
  isWhite,
  LINE_FEED,
  MEANINGS,
  SPACED_STOP,
  STOP,
} from "./characters.js";

const ELLIPSIS = 0x2026;
const MARK_OF_QUOTES = 0x3e; // ">"
const LONGEST_ABBREVIATION = 8;
const LONGEST_NOTE = 4; // digits in a reference like [12]
const QUOTATIVE_TO = 0x3068; // Japanese と: the sentence goes on after the quotation

/** Digits, or a Roman numeral of two signs or more: the number of an item or chapter. */
const NUMERAL = /^(?:\p{N}+|[ivxlc]{2,})$/u;

/** "3.14", or the number of a section where a line starts. */
const DECIMAL = /^\d+(?:\.\d+)+$/;

const ROMAN = tableOf("ivxlcIVXLC");

/** Before a letter or number: what stands there is the rest of something longer, as in "don't", "I/O", "$5", "10:30". */
const JOINTS = tableOf("'’/&$€£#:=");

/** Long enough to be seldom an abbreviation. */
const WHOLE_WORD = /^[\p{L}\p{M}]{4,}$/u;

/** The stop ends no sentence. */
export const NO_SENTENCE = -1;

/** Reads the stops of units[0, length), which are those of `text`. */
export class SentenceEnds {
  constructor(
    private readonly text: string,
    private readonly units: Uint16Array,
    private readonly length: number,
  ) {}

  /** What kind of border the stop at `at`, closed at `end`, makes; NO_SENTENCE when none. */
  kindAt(at: number, end: number): number {
    const { units, length } = this;
    if (end === length) return SENTENCE;
    const next = units[end]!;
    if (MEANINGS[units[at]!] === STOP) return isDigit(next) || next === QUOTATIVE_TO ? NO_SENTENCE : SENTENCE;
    if (!isWhite(next)) return this.isAmongUnspaced(at, next) ? SENTENCE : NO_SENTENCE;
    const follower = this.wordFrom(end);
    if (follower === length) return SENTENCE;
    if (MEANINGS[units[follower]!] === SPACED_STOP) return NO_SENTENCE; // within ". . ."
    if (isLower(units[follower]!) && !this.isAddress(follower)) return this.isLoose(at, end) ? LOOSE_SENTENCE : NO_SENTENCE;
    return this.isLoneFullStop(at, end) && this.isAbbreviation(at, follower) ? NO_SENTENCE : SENTENCE;
  }

  /** Behind the stops and closing marks that follow the stop at `at`, and behind a reference like [12]. */
  closedFrom(at: number): number {
    const { units, length } = this;
    let end = at + 1;
    while (end < length && (MEANINGS[units[end]!]! >= SPACED_STOP || isCloser(units[end]!))) end++;
    return end < length && units[end] === 0x5b ? this.behindNote(end) : end;
  }

  /** Behind the reference that opens at `at`; `at` when it is none. */
  private behindNote(at: number): number {
    const { units, length } = this;
    let note = at + 1;
    while (note < length && note - at <= LONGEST_NOTE && isDigit(units[note]!)) note++;
    return note > at + 1 && note < length && units[note] === 0x5d ? note + 1 : at;
  }

  /** The first letter, digit or symbol from `from` on: behind white space, opening marks and the ">" of quoted mail. */
  private wordFrom(from: number): number {
    const { units, length } = this;
    let isLineStart = false;
    for (let at = from; at < length; at++) {
      const unit = units[at]!;
      if (unit === LINE_FEED) isLineStart = true;
      else if (!isWhite(unit) && !isOpener(unit) && !(isLineStart && unit === MARK_OF_QUOTES)) return at;
    }
    return length;
  }

  /** The start of a web address, which is written small at the start of a sentence too. */
  private isAddress(at: number): boolean {
    return this.text.startsWith("http", at) || this.text.startsWith("www.", at);
  }

  /** One full stop and no ellipsis. */
  private isLoneFullStop(at: number, end: number): boolean {
    const { units } = this;
    return units[at] === FULL_STOP && units[at - 1] !== FULL_STOP && (at + 1 === end || MEANINGS[units[at + 1]!] === 0);
  }

  /** "!" or "?" in Chinese and its like, where no space follows. */
  private isAmongUnspaced(at: number, next: number): boolean {
    const { units } = this;
    const isMark = units[at] !== FULL_STOP && units[at] !== ELLIPSIS;
    return isMark && isUnspaced(next) && isUnspaced(units[at - 1]!);
  }

  /** Before a small letter, a stop counts when no quotation closes and no abbreviation stands there. */
  private isLoose(at: number, end: number): boolean {
    if (end !== at + 1) return false;
    if (this.units[at] !== FULL_STOP) return this.units[at] !== ELLIPSIS;
    const start = this.wordStart(at);
    const word = this.text.slice(start, at).toLowerCase();
    return WHOLE_WORD.test(word) && !TITLES.has(word) && !BEFORE_NUMBERS.has(word) && !MID_SENTENCE.has(word);
  }

  private isAbbreviation(at: number, follower: number): boolean {
    const start = this.wordStart(at);
    return start < at && at - start <= LONGEST_ABBREVIATION && !this.isPlainWord(start, at) && this.isShortened(start, at, follower);
  }

  /** Whether the word [start, at) before a stop is listed, a number, an initial or dotted, and does not end the sentence. */
  private isShortened(start: number, at: number, follower: number): boolean {
    const word = this.text.slice(start, at).toLowerCase();
    const countsOn = BEFORE_NUMBERS.has(word) && this.isNumber(follower);
    if (start > 0 && JOINTS[this.units[start - 1]!] === 1) return countsOn && word.length > 1; // l’art. 5, but not "it's. 5 of them"
    if (NUMERAL.test(word)) return this.isLineStart(start) || (word.length <= 2 && !this.isStarter(follower));
    if (DECIMAL.test(word)) return this.isLineStart(start);
    if (word.length === 1) return this.isLineStart(start) || (word !== "i" && !this.isStarter(follower));
    if (TITLES.has(word)) return !(WORDS_WHEN_SMALL.has(word) && isLower(this.units[start]!));
    if (word.includes(".")) return isDotted(word) && !this.isStarter(follower);
    return countsOn;
  }

  /** A digit, or a Roman numeral of two signs or more in capitals. */
  private isNumber(at: number): boolean {
    const { units } = this;
    if (isDigit(units[at]!)) return true;
    let end = at;
    while (end < this.length && ROMAN[units[end]!] === 1 && !isLower(units[end]!)) end++;
    return end - at > 1 && (end === this.length || !isLetter(units[end]!));
  }

  /** Letters only, too many for an initial, no Roman numeral, and not shaped like any word that is listed. */
  private isPlainWord(start: number, end: number): boolean {
    const { units } = this;
    if (end - start < 2 || hasListedShape(end - start, units[start]!, units[end - 1]!)) return false;
    let isNumeral = true;
    for (let at = start; at < end; at++) {
      if (!isLetter(units[at]!)) return false;
      if (isNumeral) isNumeral = ROMAN[units[at]!] === 1;
    }
    return !isNumeral;
  }

  /** Start of the word before `at`; of a long one, only that it is too long for an abbreviation. */
  private wordStart(at: number): number {
    const { units } = this;
    let start = at;
    while (start > 0 && at - start <= LONGEST_ABBREVIATION && isWordUnit(units[start - 1]!)) start--;
    return start;
  }

  private isLineStart(at: number): boolean {
    const { units } = this;
    let start = at;
    while (start > 0 && (units[start - 1] === 0x20 || units[start - 1] === MARK_OF_QUOTES)) start--;
    return start === 0 || units[start - 1] === LINE_FEED;
  }

  private isStarter(at: number): boolean {
    let end = at;
    while (end < this.length && end - at <= LONGEST_ABBREVIATION && isLetter(this.units[end]!)) end++;
    return STARTERS.has(this.text.slice(at, end).toLowerCase());
  }
}

const isWordUnit = (unit: number): boolean => isLetter(unit) || isDigit(unit) || unit === FULL_STOP;

/** U.S, e.g, a.m, Ph.D: short parts between the stops, unlike those of example.org. */
const isDotted = (word: string): boolean => word.split(".").every((part) => part.length <= 2);
