/** Decides whether a stop ends a sentence, and where that sentence ends: behind the closing quotes and brackets. */
import { BEFORE_NUMBERS, STARTERS, TITLES } from "./abbreviations.js";
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

const LONGEST_ABBREVIATION = 8;
const LONGEST_NOTE = 4; // digits in a reference like [12]
const QUOTATIVE_TO = 0x3068; // Japanese と: the sentence goes on after the quotation

/** End of the sentence whose stop is at `at`, or -1 when that stop ends none. */
export function sentenceEnd(units: Uint16Array, at: number, length: number): number {
  const end = closedAt(units, at, length);
  if (end === length) return end;
  const next = units[end]!;
  if (MEANINGS[units[at]!] === STOP) return isDigit(next) || next === QUOTATIVE_TO ? -1 : end;
  if (!isWhite(next)) return units[at] !== FULL_STOP && units[at] !== 0x2026 && isUnspaced(next) ? end : -1;
  const follower = nextWordStart(units, end, length);
  if (follower === length) return end;
  if (isLower(units[follower]!)) return -1;
  const isLoneFullStop = units[at] === FULL_STOP && (at + 1 === end || MEANINGS[units[at + 1]!] === 0) && units[at - 1] !== FULL_STOP;
  return isLoneFullStop && isAbbreviation(units, at, follower, length) ? -1 : end;
}

/** Behind the stops and closing marks that follow the stop at `at`, and behind a reference like [12]. */
function closedAt(units: Uint16Array, at: number, length: number): number {
  let end = at + 1;
  while (end < length && (MEANINGS[units[end]!]! >= SPACED_STOP || isCloser(units[end]!))) end++;
  if (units[end] !== 0x5b) return end;
  let note = end + 1;
  while (note < length && note - end <= LONGEST_NOTE && isDigit(units[note]!)) note++;
  return note > end + 1 && units[note] === 0x5d ? note + 1 : end;
}

/** The first letter, digit or symbol of what follows: behind white space, opening marks and the ">" of quoted mail. */
function nextWordStart(units: Uint16Array, from: number, length: number): number {
  let at = from;
  let isLineStart = false;
  for (; at < length; at++) {
    const unit = units[at]!;
    if (unit === LINE_FEED) isLineStart = true;
    else if (!isWhite(unit) && !isOpener(unit) && !(isLineStart && unit === 0x3e)) break;
  }
  return at;
}

function isAbbreviation(units: Uint16Array, at: number, follower: number, length: number): boolean {
  let start = at;
  while (start > 0 && at - start <= LONGEST_ABBREVIATION && isWordUnit(units[start - 1]!)) start--;
  if (at - start > LONGEST_ABBREVIATION || start === at) return false;
  const word = String.fromCharCode(...units.subarray(start, at)).toLowerCase();
  if (isNumeral(word)) return isLineStart(units, start) || (word.length <= 2 && !isStarter(units, follower, length));
  if (word.length === 1) return word !== "i" || isLineStart(units, start);
  if (word.includes(".")) return isDotted(word) && !isStarter(units, follower, length);
  if (TITLES.has(word)) return true;
  return BEFORE_NUMBERS.has(word) && isDigit(units[follower]!);
}

const isWordUnit = (unit: number): boolean => isLetter(unit) || isDigit(unit) || unit === FULL_STOP;

/** Digits, or a Roman numeral of two signs or more: the number of an item or chapter. */
const isNumeral = (word: string): boolean => /^(?:\p{N}+|[ivxlc]{2,})$/u.test(word);

/** U.S, e.g, a.m, Ph.D: short parts between the stops, unlike those of example.org. */
const isDotted = (word: string): boolean => word.split(".").every((part) => part.length <= 2);

function isLineStart(units: Uint16Array, at: number): boolean {
  let start = at;
  while (start > 0 && (units[start - 1] === 0x20 || units[start - 1] === 0x3e)) start--;
  return start === 0 || units[start - 1] === LINE_FEED;
}

function isStarter(units: Uint16Array, at: number, length: number): boolean {
  let end = at;
  while (end < length && end - at <= LONGEST_ABBREVIATION && isLetter(units[end]!)) end++;
  return STARTERS.has(String.fromCharCode(...units.subarray(at, end)).toLowerCase());
}
