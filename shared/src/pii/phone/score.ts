/** How sure a number of a numbering plan is meant to be called: its form, and the words around it. */
import { isBesideGroups } from "../digit-groups.js";
import { ACCOUNT_WORDS, IDENTIFIER_WORDS } from "../identifier-words.js";
import { VERSION_WORDS } from "../ip-address/words.js";
import { textBefore } from "../surroundings.js";
import type { PhoneNumber } from "./phone-number.js";
import { PHONE_LABELS, PHONE_WORDS } from "./words.js";

const WORD_BONUS = 0.2;
const WITHOUT_WORD = 0.4;
const LABELLED_OTHERWISE = 0.2;
const HIGHEST = 0.95;

export function phoneScore(text: string, end: number, number: PhoneNumber): number {
  const { start, score, needsWord } = number;
  if (PHONE_LABELS.isLabel(text, start)) return raised(score);
  if ([IDENTIFIER_WORDS, ACCOUNT_WORDS].some((words) => words.isLabel(text, start)) || isVersion(text, start, end))
    return LABELLED_OTHERWISE;
  if (PHONE_WORDS.isNear(text, start, end)) return raised(score);
  return needsWord || isInRow(text, start, end) || isDifference(text, start, end) ? Math.min(score, WITHOUT_WORD) : score;
}

/** build 299.256.4015 */
function isVersion(text: string, start: number, end: number): boolean {
  return /^\d+(?:\.\d+)+$/.test(text.slice(start, end)) && VERSION_WORDS.isLabel(text, start);
}

/** 677 - 864 - 4583 = x, or x = 677 - 864 - 4583 */
function isDifference(text: string, start: number, end: number): boolean {
  return /\d - \d/.test(text.slice(start, end)) && (/^ ?=/.test(text.slice(end, end + 2)) || /= ?$/.test(textBefore(text, start, 2)));
}

/** Groups with spaces between spaces and more digits: a row of a table. */
function isInRow(text: string, start: number, end: number): boolean {
  return /^\d[\d ]*$/.test(text.slice(start, end)) && isBesideGroups(text, start, end);
}

const raised = (score: number): number => Math.min(HIGHEST, Math.round((score + WORD_BONUS) * 100) / 100);
