/** Text to payment card numbers: issuer range, issued length, check digit, grouping, and nothing around that makes it another number. */
import type { Candidate, Detector } from "../candidate.js";
import type { Runs, Subject } from "../subject.js";
import { isPieceOfAnother } from "./boundaries.js";
import { type CardGroups, cardAt } from "./groups.js";
import { cardScore } from "./score.js";
import { goesOnFromFour, isInColumns, isInDump, isInLongerRow, isWrappedSentence } from "./table.js";
import { TEST_NUMBERS } from "./test-numbers.js";
import { CARD_WORDS } from "./words.js";

export const creditCard: Detector = { type: "credit_card", find };

function find({ text, digitRuns: runs }: Subject): Candidate[] {
  const found: Candidate[] = [];
  let previousLast = -1;
  for (let first = 0; first < runs.count; first++) {
    const card = cardAt(text, runs, first);
    if (card === undefined) continue;
    const start = runs.starts[first]!;
    const end = runs.ends[card.last]!;
    const isAfterCard = text[start - 1] === "/" && found.at(-1)?.end === start - 1;
    const isBeforeCard = text[end] === "/" && runs.starts[card.last + 1] === end + 1 && cardAt(text, runs, card.last + 1) !== undefined;
    if (isPieceOfAnother(text, start, end, { separator: card.separator, isAfterCard, isBeforeCard })) continue;
    if (isInTable(text, runs, card, previousLast === first - 1)) continue;
    const score = cardScore(text, start, end, card);
    found.push({ start, end, score, ...(TEST_NUMBERS.has(card.digits) && { tags: ["test_number"] }) });
    previousLast = card.last;
    first = card.last;
  }
  return found;
}

/** Among other groups of digits, without a word near it that says card. */
function isInTable(text: string, runs: Runs, card: CardGroups, followsACard: boolean): boolean {
  if (card.separator === "") return false;
  const start = runs.starts[card.first]!;
  const end = runs.ends[card.last]!;
  if (isInDump(text, start, end)) return true;
  if (card.isWrapped && !isWrappedSentence(text, runs, card)) return true;
  if (!isInLongerRow(text, runs, card, followsACard) && !isInColumns(text, runs, card, followsACard)) return false;
  // dashes and dots make one number of what they join, whatever is said about it, and so does the rhythm of fours
  const isClose = card.separator !== " " || goesOnFromFour(text, runs, card, followsACard);
  return isClose || !CARD_WORDS.isNear(text, start, end);
}
