/** Questions about runs of digits that stand beside each other. */
import type { Runs } from "./subject.js";
import { textBefore } from "./surroundings.js";

export const runLength = (runs: Runs, run: number): number => runs.ends[run]! - runs.starts[run]!;

/** Does exactly this separator stand between a run and the next? */
export function isJoined(text: string, runs: Runs, run: number, separator: string): boolean {
  if (run < 0 || run + 1 >= runs.count) return false;
  const from = runs.ends[run]!;
  return runs.starts[run + 1]! === from + separator.length && text.startsWith(separator, from);
}

/** Where a line was wrapped inside a number, perhaps in a quoted mail. */
const WRAP = /^-? ?\r?\n(?:[ \t]*[>|])*[ \t]*$/;
const LONGEST_WRAP = 16;

/** What stands between a run and the next; undefined for the last run, and for more than any number has inside. */
export function jointAfter(text: string, runs: Runs, run: number): string | undefined {
  if (run + 1 >= runs.count) return undefined;
  const from = runs.ends[run]!;
  const to = runs.starts[run + 1]!;
  return to - from <= LONGEST_WRAP ? text.slice(from, to) : undefined;
}

/** Does this joint lead a number on to the next line? */
export const isWrap = (joint: string): boolean => joint.includes("\n") && WRAP.test(joint);

/** A group that stands by itself, one space away: not the end of a date, the year of a sentence, or the number of a list. */
const GROUP_BEFORE = /(?:^|[^\d.:/-])\d+ $/;
const GROUP_AFTER = /^ (?!(?:19|20)\d\d(?! ?\d)|\d{1,2}[.)])\d+(?!\d|[-./:]\d)/;
const LONGEST_GROUP = 24;

export const hasGroupBefore = (text: string, start: number): boolean => GROUP_BEFORE.test(textBefore(text, start, LONGEST_GROUP));
export const hasGroupAfter = (text: string, end: number): boolean => GROUP_AFTER.test(text.slice(end, end + LONGEST_GROUP));

/** Does the text go on with groups of digits to the left or right, as a row of a table does? */
export const isBesideGroups = (text: string, start: number, end: number): boolean =>
  hasGroupBefore(text, start) || hasGroupAfter(text, end);
