/** How sure a number of a numbering plan is meant to be called: its form, and the words around it. */
import { isBesideGroups } from "../digit-groups.js";
import { IDENTIFIER_WORDS } from "../identifier-words.js";
import type { PhoneNumber } from "./phone-number.js";
import { PHONE_LABELS, PHONE_WORDS } from "./words.js";

const WORD_BONUS = 0.2;
const WITHOUT_WORD = 0.4;
const LABELLED_OTHERWISE = 0.2;
const HIGHEST = 0.95;

export function phoneScore(text: string, end: number, number: PhoneNumber): number {
  const { start, score, needsWord } = number;
  if (PHONE_LABELS.isLabel(text, start)) return raised(score);
  if (IDENTIFIER_WORDS.isLabel(text, start)) return LABELLED_OTHERWISE;
  if (PHONE_WORDS.isNear(text, start, end)) return raised(score);
  return needsWord || isInRow(text, start, end) ? Math.min(score, WITHOUT_WORD) : score;
}

/** Groups with spaces between spaces and more digits: a row of a table. */
function isInRow(text: string, start: number, end: number): boolean {
  return /^\d[\d ]*$/.test(text.slice(start, end)) && isBesideGroups(text, start, end);
}

const raised = (score: number): number => Math.min(HIGHEST, Math.round((score + WORD_BONUS) * 100) / 100);
