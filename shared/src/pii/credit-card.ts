/** Text to payment card numbers: issuer range, issued length, check digit, grouping, and nothing around that makes it another number. */
import type { Candidate, Detector } from "./candidate.js";
import { isPieceOfAnother } from "./card-boundaries.js";
import { type CardGroups, cardAt } from "./card-groups.js";
import { cardScore } from "./card-score.js";
import { TEST_NUMBERS } from "./card-test-numbers.js";
import { CARD_WORDS } from "./card-words.js";
import { isJoined, runLength } from "./digit-groups.js";
import type { DigitRuns, Subject } from "./subject.js";

export const creditCard: Detector = { type: "credit_card", find };

function find({ text, digitRuns: runs }: Subject): Candidate[] {
  const found: Candidate[] = [];
  let previousLast = -1;
  for (let first = 0; first < runs.count; first++) {
    const card = cardAt(text, runs, first);
    if (card === undefined) continue;
    const start = runs.starts[first]!;
    const end = runs.ends[card.last]!;
    const followsACard = previousLast === first - 1;
    if (isPieceOfAnother(text, start, end, card.separator) || isInLongerRow(text, runs, card, followsACard)) continue;
    const score = cardScore(text, start, end, card);
    found.push({ start, end, score, ...(TEST_NUMBERS.has(card.digits) && { tags: ["test_number"] }) });
    previousLast = card.last;
    first = card.last;
  }
  return found;
}

/** Groups go on to the left or right in the same rhythm: a longer number or a row of a table, unless the words near it say card. */
function isInLongerRow(text: string, runs: DigitRuns, card: CardGroups, followsACard: boolean): boolean {
  const { first, last, separator } = card;
  if (separator === "") return false;
  const left = !followsACard && isJoined(text, runs, first - 1, separator);
  const right = isJoined(text, runs, last, separator);
  if (!left && !right) return false;
  if (separator !== " ") return true;
  const isRow = (left && runLength(runs, first - 1) === 4) || (right && runLength(runs, last + 1) === 4 && !cardAt(text, runs, last + 1));
  return isRow && !CARD_WORDS.isNear(text, runs.starts[first]!, runs.ends[last]!);
}
