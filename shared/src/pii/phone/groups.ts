/** Runs of digits that are written as one telephone number: how far they go, and what stands between them. */
import type { Runs } from "../subject.js";

/** What people put between the groups of a number; brackets must pair up, which `isBalanced` checks. */
const JOINTS: ReadonlySet<string> = new Set([" ", "-", ".", "/", ")", ") ", ")-", ").", " (", "(", "-(", ".(", " - ", "  ", " / ", ")  "]);
const LONGEST_JOINT = 3;
const EXIT_CODE = /^(?:00|011)/;

export function jointAfter(text: string, runs: Runs, run: number): string | undefined {
  if (run + 1 >= runs.count || runs.starts[run + 1]! - runs.ends[run]! > LONGEST_JOINT) return undefined;
  const joint = text.slice(runs.ends[run]!, runs.starts[run + 1]!);
  if (!JOINTS.has(joint)) return undefined;
  // what follows a slash between spaces with the digits that lead abroad is a number of its own
  return joint === " / " && EXIT_CODE.test(text.slice(runs.starts[run + 1]!, runs.ends[run + 1]!)) ? undefined : joint;
}

/** The last run that may belong to a number of at most `mostDigits` which begins with this run. */
export function lastOfNumber(text: string, runs: Runs, first: number, mostDigits: number): number {
  let last = first;
  let digits = runs.ends[first]! - runs.starts[first]!;
  while (jointAfter(text, runs, last) !== undefined) {
    digits += runs.ends[last + 1]! - runs.starts[last + 1]!;
    if (digits > mostDigits) break;
    last++;
  }
  return last;
}

export const digitsOf = (text: string, start: number, end: number): string => text.slice(start, end).replaceAll(/\D/g, "");

/** Where the number begins with the bracket that opens in front of its digits, if that bracket closes within it; undefined if others do not pair. */
export function openedStart(text: string, start: number, end: number): number | undefined {
  if (text[start - 1] === "(" && isBalanced(text.slice(start - 1, end))) return start - 1;
  return isBalanced(text.slice(start, end)) ? start : undefined;
}

/** At most one pair of brackets, which opens and closes inside. */
const isBalanced = (written: string): boolean => /^[^()]*(?:\([^()]*\)[^()]*)?$/.test(written);
