/** Is a card-shaped row of groups part of a table of numbers, or of a longer number? */
import { hasGroupAfter, hasGroupBefore, isJoined, runLength } from "../digit-groups.js";
import type { DigitRuns } from "../subject.js";
import { type CardGroups, cardAt } from "./groups.js";

const GROUP = 4;
const GROUPS_OF_A_ROW = 3; // so many groups of four in the line above or below are a table's
const LINE_BREAK = /^[ \t]*\r?\n[ \t]*$/;
const LONGEST_BREAK = 16;

/** Groups go on beside it in the same rhythm and can be no second card: 4716 1089 9971 6531 8823. */
export function isInLongerRow(text: string, runs: DigitRuns, card: CardGroups, followsACard: boolean): boolean {
  const left = !followsACard && isJoined(text, runs, card.first - 1, card.separator);
  const right = isJoined(text, runs, card.last, card.separator);
  if (!left && !right) return false;
  if (card.separator !== " ") return true;
  const start = runs.starts[card.first]!;
  const end = runs.ends[card.last]!;
  if (card.isLoose) return (left && hasGroupBefore(text, start)) || (right && hasGroupAfter(text, end));
  if (left && runLength(runs, card.first - 1) === GROUP && hasGroupBefore(text, start)) return true;
  return right && runLength(runs, card.last + 1) === GROUP && hasGroupAfter(text, end) && cardAt(text, runs, card.last + 1) === undefined;
}

/** The line above or below holds groups of four too, and they are no card. */
export function isInColumns(text: string, runs: DigitRuns, card: CardGroups, followsACard: boolean): boolean {
  if (card.separator !== " ") return false;
  const above = !followsACard && isLineBreak(text, runs, card.first - 1) && isRow(text, runs, card.first - GROUPS_OF_A_ROW);
  if (above) return true;
  return isLineBreak(text, runs, card.last) && isRow(text, runs, card.last + 1) && cardAt(text, runs, card.last + 1) === undefined;
}

function isRow(text: string, runs: DigitRuns, first: number): boolean {
  if (first < 0 || first + GROUPS_OF_A_ROW > runs.count) return false;
  for (let run = first; run < first + GROUPS_OF_A_ROW; run++) {
    if (runLength(runs, run) !== GROUP) return false;
    if (run > first && !isJoined(text, runs, run - 1, " ")) return false;
  }
  return true;
}

/** Nothing but a line break stands between a run and the next. */
function isLineBreak(text: string, runs: DigitRuns, run: number): boolean {
  if (run < 0 || run + 1 >= runs.count) return false;
  const from = runs.ends[run]!;
  return runs.starts[run + 1]! - from <= LONGEST_BREAK && LINE_BREAK.test(text.slice(from, runs.starts[run + 1]!));
}
