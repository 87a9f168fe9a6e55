/** Cuts what has no border and is too long for a chunk: between words written without spaces, else between what a reader sees as characters. */
import type { CountedText } from "@pipeline/shared/tokens/token-counter";
import { isDigit, isLetter, isUnspaced, isWhite, trimEnd } from "./characters.js";
import type { Limits } from "./plan.js";

// One locale everywhere: the machine's own would let chunks differ between machines.
const words = new Intl.Segmenter("en", { granularity: "word" });
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The word segmenter is slow and finds its feet within a few words: it sees only this much around a cut. */
const UNITS_BEFORE = 96;
const UNITS_AFTER = 32;
/** A mark inside a long code, address or key is worth giving up this share of the chunk for. */
const SHARE_FOR_MARK = 1 / 8;
const MOST_GUESSES = 12;

/** Where to end the chunk that begins at `start`, at most at `end`: behind at least one character, within the budget. */
export function forcedCut(text: string, counted: CountedText, start: number, end: number, limits: Limits): number {
  const fitting = fittingEnd(counted, start, end, limits.maxTokens);
  if (fitting === end) return end;
  const tail = end - fitting < fitting - start ? counted.countSlice(fitting, end) : limits.minTokens;
  const balanced = Math.ceil((limits.maxTokens + tail) / 2);
  const target = tail < limits.minTokens ? fittingEnd(counted, start, end, balanced) : fitting;
  const best = cutOutsideAtoms(text, counted, start, target, end, limits) ?? cutInsideAtom(text, counted.units, start, target);
  let cut = trimEnd(counted.units, start, best);
  while (cut > start + 1 && counted.countSlice(start, cut) > limits.maxTokens) {
    const shorter = trimEnd(counted.units, start, graphemeBefore(text, start, cut - 1));
    if (shorter >= cut) return cut; // one character that exceeds the budget
    cut = shorter;
  }
  return cut;
}

/** An end that is nearly the last one to fit: the count grows evenly enough to guess it in a few steps. */
function fittingEnd(counted: CountedText, start: number, end: number, maxTokens: number): number {
  let low = start;
  let lowTokens = 0;
  let high = Math.min(end, start + maxTokens);
  let highTokens = counted.countSlice(start, high);
  while (highTokens <= maxTokens) {
    if (high === end) return end;
    low = high;
    lowTokens = highTokens;
    high = Math.min(end, start + (high - start) * 2);
    highTokens = counted.countSlice(start, high);
  }
  for (let guesses = 0; guesses < MOST_GUESSES && high - low > 1 && lowTokens < maxTokens; guesses++) {
    const share = (maxTokens - lowTokens) / (highTokens - lowTokens);
    const guess = Math.min(high - 1, Math.max(low + 1, low + Math.floor((high - low) * share)));
    const tokens = counted.countSlice(start, guess);
    if (tokens > maxTokens) {
      high = guess;
      highTokens = tokens;
    } else {
      low = guess;
      lowTokens = tokens;
    }
  }
  return Math.max(low, start + 1);
}

/** The last cut at or before `limit` that leaves atoms whole; undefined where one atom is all there is, or too long for any chunk. */
function cutOutsideAtoms(
  text: string,
  counted: CountedText,
  start: number,
  limit: number,
  end: number,
  { maxTokens }: Limits,
): number | undefined {
  const { units } = counted;
  const outside = beforeAtom(units, start, limit);
  if (outside === start) return undefined;
  if (outside < limit && counted.countSlice(outside, atomEnd(units, limit, end)) > maxTokens) return undefined;
  return isBetweenLetters(units, outside) ? wordBefore(text, start, outside) : graphemeBefore(text, start, outside);
}

/** A cut within an address, key or the like: at white space or behind a mark where one is near `limit`. */
function cutInsideAtom(text: string, units: Uint16Array, start: number, limit: number): number {
  const least = limit - (limit - start) * SHARE_FOR_MARK;
  for (let at = limit; at > least; at--) if (isWhite(units[at]!)) return at;
  for (let at = limit; at > least; at--) if (isMarkBefore(units, at)) return at;
  return graphemeBefore(text, start, limit);
}

/** `at`, or where the address, number or spaced word that it would cut begins (`start` when that is the whole). */
function beforeAtom(units: Uint16Array, start: number, at: number): number {
  let before = at;
  while (before > start && isAtom(units[before]!) && isAtom(units[before - 1]!)) before--;
  return before;
}

/** Where the atom that `at` lies in ends; not behind `end`. */
function atomEnd(units: Uint16Array, at: number, end: number): number {
  let behind = at;
  while (behind < end && isAtom(units[behind]!)) behind++;
  return behind;
}

/** What cannot be parted from its like: all but white space, letters of unspaced scripts and the marks of their punctuation. */
const isAtom = (unit: number): boolean => !isWhite(unit) && !isUnspaced(unit) && !(unit >= 0x3000 && unit <= 0x303f) && unit < 0xff00;

const isBetweenLetters = (units: Uint16Array, at: number): boolean => isLetter(units[at - 1]!) && isLetter(units[at]!);

/** A mark stands before `at` and neither a digit nor another mark behind it. */
function isMarkBefore(units: Uint16Array, at: number): boolean {
  const mark = units[at - 1]!;
  const isMark = mark > 0x20 && mark < 0x7f && !isLetter(mark) && !isDigit(mark);
  return isMark && isLetter(units[at]!);
}

function wordBefore(text: string, start: number, limit: number): number {
  const from = Math.max(start, limit - UNITS_BEFORE);
  const word = words.segment(text.slice(from, limit + UNITS_AFTER)).containing(limit - from);
  const at = from + (word?.index ?? 0);
  return at > from ? at : graphemeBefore(text, start, limit);
}

/** `limit`, or the start of the character (as a reader sees it) that it would cut; of its code point when that is all there is. */
function graphemeBefore(text: string, start: number, limit: number): number {
  const segment = graphemes.segment(text.slice(start, limit + 2)).containing(limit - start);
  const at = start + (segment?.index ?? 0);
  if (at > start) return at;
  const isInPair = (text.charCodeAt(limit) & 0xfc00) === 0xdc00 && (text.charCodeAt(limit - 1) & 0xfc00) === 0xd800;
  if (!isInPair) return limit;
  return limit - 1 > start ? limit - 1 : limit + 1;
}
