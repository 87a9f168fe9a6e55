/** How sure a well-formed card number is one: what its issuer, grouping and the words around it say. */
import { ACCOUNT_WORDS, IDENTIFIER_WORDS } from "../identifier-words.js";
import { PHONE_NOUNS } from "../phone/words.js";
import type { CardGroups } from "./groups.js";
import { issuerStrength } from "./issuers.js";
import { TEST_NUMBERS } from "./test-numbers.js";
import { CARD_WORDS } from "./words.js";

const LABELLED_OTHERWISE = 0.2;
const CONTRADICTORY = 0.6; // "visa transaction 4111 1111 1111 1111": grouped like a card, so the card wins
const UNLIKELY = 0.4; // below the usual limit: reported only to who asks for it
const WEAK_BUT_GROUPED = 0.55;
const USUAL_LENGTH = 16;
const WITH_CARD_WORD = 0.95;
const TEST_NUMBER_FLOOR = 0.6;
/** Unbroken numbers of a length that other numbers share more often than cards of that length are written. */
const BY_LENGTH: Readonly<Record<number, number>> = { 13: 0.6, 14: 0.7, 15: 0.75, 16: 0.8, 17: 0.6, 18: 0.6, 19: 0.7 };
const GROUPED = 0.85;

/** From 0 to 1, for a number whose issuer, length, check digit and boundaries are right. */
export function cardScore(text: string, start: number, end: number, card: CardGroups): number {
  const score = scoreByContext(text, start, end, card);
  return TEST_NUMBERS.has(card.digits) ? Math.max(score, TEST_NUMBER_FLOOR) : score;
}

function scoreByContext(text: string, start: number, end: number, card: CardGroups): number {
  const hasCardWord = CARD_WORDS.isNear(text, start, end);
  const isLabelled = IDENTIFIER_WORDS.isLabel(text, start) || PHONE_NOUNS.isLabel(text, start);
  if (isLabelled) return hasCardWord && card.separator !== "" ? CONTRADICTORY : LABELLED_OTHERWISE;
  if (hasCardWord) return WITH_CARD_WORD; // a card has an account too
  if (card.isMixed || ACCOUNT_WORDS.isLabel(text, start)) return UNLIKELY;
  if (isSeries(text.slice(start, end).split(card.separator || " ")) || isDayAndTime(card.digits)) return UNLIKELY;
  if (issuerStrength(card.digits) === "weak")
    return card.separator !== "" && card.digits.length >= USUAL_LENGTH ? WEAK_BUT_GROUPED : UNLIKELY;
  if (card.separator !== "") return GROUPED;
  return card.digits.length === 13 && isArticleNumber(card.digits) ? UNLIKELY : (BY_LENGTH[card.digits.length] ?? UNLIKELY);
}

/** A row of a table rather than one number: 2400 2500 2600 2700, or 5110 5230 5470 5320. */
function isSeries(groups: readonly string[]): boolean {
  if (groups.length < 3 || groups.some((group) => group.length !== groups[0]!.length)) return false;
  const values = groups.map(Number);
  const step = values[1]! - values[0]!;
  const isEven = step !== 0 && values.every((value, index) => index === 0 || value - values[index - 1]! === step);
  return isEven || (new Set(values).size === values.length && values.every((value) => value % 10 === 0 && value > 0));
}

/** DDMMYYYYhhmmss, which Diners numbers that begin with 300 or 301 can look like. */
function isDayAndTime(digits: string): boolean {
  return /^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d(?:[01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(digits);
}

/** The check digit of EAN-13 and ISBN-13. Visa numbers of this length are hardly issued any more; groceries are. */
function isArticleNumber(digits: string): boolean {
  return Array.from(digits, (digit, index) => Number(digit) * (index % 2 === 0 ? 1 : 3)).reduce((sum, value) => sum + value, 0) % 10 === 0;
}
