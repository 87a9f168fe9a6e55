/** Which UTF-16 units are white space, letters, digits, small letters, stops and closing marks, as far as borders depend on it. */
import {
  CLASSES,
  IDEOGRAPH,
  JOINED,
  KIND,
  LETTER,
  LOWER,
  MARK,
  NUMBER,
  SENTENCE_END,
  WHITE,
} from "@pipeline/shared/text/character-classes";
import { tableOf } from "../unit-table.js";

export const LINE_FEED = 0x0a;
export const FULL_STOP = 0x2e;

export const isWhite = (unit: number): boolean => (CLASSES[unit]! & KIND) === WHITE;
export const isDigit = (unit: number): boolean => (CLASSES[unit]! & KIND) === NUMBER;
export const isLower = (unit: number): boolean => (CLASSES[unit]! & LOWER) !== 0;
/** Letters and marks of any script. Half of a surrogate pair is none. */
export const isLetter = (unit: number): boolean => {
  const kind = CLASSES[unit]! & KIND;
  return kind >= LETTER && kind <= MARK;
};
/** A letter of a script that is written without spaces between words. */
export const isUnspaced = (unit: number): boolean => {
  const kind = CLASSES[unit]! & KIND;
  return kind === IDEOGRAPH || kind === JOINED;
};
/** Letters of Thai, Lao, Khmer and Burmese and their marks: a space there parts phrases, not words. */
export const isSoutheastAsian = (unit: number): boolean =>
  (unit >= 0x0e00 && unit <= 0x0eff) || (unit >= 0x1000 && unit <= 0x109f) || (unit >= 0x1780 && unit <= 0x17ff);

/** The first unit from `at` that is not white space, or `end`. */
export function skipWhite(units: Uint16Array, at: number, end: number): number {
  let next = at;
  while (next < end && isWhite(units[next]!)) next++;
  return next;
}

/** Where the text before `at` ends when its trailing white space is left out; not before `start`. */
export function trimEnd(units: Uint16Array, start: number, at: number): number {
  let end = at;
  while (end > start && isWhite(units[end - 1]!)) end--;
  return end;
}

/** What a unit means to the search for borders. */
export const BREAK = 1; // a line feed
export const SPACED_STOP = 2; // ends a sentence only when space follows
export const STOP = 3; // ends a sentence whatever follows

/** Meaning of every unit, 0 for nearly all. */
export const MEANINGS = new Uint8Array(0x10000);
for (let unit = 0x80; unit < MEANINGS.length; unit++) if (CLASSES[unit]! & SENTENCE_END) MEANINGS[unit] = STOP;
MEANINGS[0x0f0d] = STOP; // the Tibetan shad ends clauses and sentences; there is no other mark
MEANINGS[LINE_FEED] = BREAK;
for (const stop of ".!?…‽") MEANINGS[stop.charCodeAt(0)] = SPACED_STOP;

const CLOSERS = tableOf(`"'”’»›)]}」』】）》〉〕］｝*_¹²³⁴⁵⁶⁷⁸⁹⁰`);
export const isCloser = (unit: number): boolean => CLOSERS[unit] === 1;

const OPENERS = tableOf(`"'“‘«‹„‚([{「『【（《〈¿¡*_-–—`);
export const isOpener = (unit: number): boolean => OPENERS[unit] === 1;
