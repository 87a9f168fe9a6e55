/** Text to personal values: where they stand, of which type, and how sure that is. */
import type { Candidate, PiiSettings, PiiType } from "./candidate.js";
import { DETECTORS } from "./detectors.js";
import { apartFrom, outside, resolveOverlaps } from "./overlaps.js";
import { Subject } from "./subject.js";

export type { PiiSettings, PiiType } from "./candidate.js";
export { CONTEXT_CHARACTERS } from "./surroundings.js";

/** Types whose values hold check digits. */
const CHECKED: ReadonlySet<PiiType> = new Set<PiiType>(["credit_card", "iban"]);

/** A personal value that was found. Offsets are UTF-16 units of the text. */
export interface PiiSpan extends Candidate {
  readonly type: PiiType;
}

/**
 * The personal values in a text that reach their type's `min_score`: ascending, without overlaps.
 * A type that the settings leave out is not looked for. Time is linear in the text, and nothing depends on more than
 * CONTEXT_CHARACTERS around a value. Invisible characters are taken to be gone already, as cleaning leaves a text.
 */
export function detectPii(text: string, settings: PiiSettings): PiiSpan[] {
  const subject = new Subject(text);
  if (subject.isBlank) return [];
  const likely: PiiSpan[] = [];
  const unlikely: PiiSpan[] = [];
  for (const { type, find } of DETECTORS) {
    const limit = settings.types[type]?.min_score;
    if (limit === undefined) continue;
    for (const candidate of find(subject, settings)) (candidate.score >= limit ? likely : unlikely).push({ type, ...candidate });
  }
  // what is found inside something that is known to be no personal value (digits of a message id) goes with it
  return resolveOverlaps(withoutGuesses(outside(likely, unlikely)));
}

/** A telephone number has no check digit, so it gives way to what has: 6070 [0049 0840 0306 / 3589] 9391 1142 2350 are two cards. */
function withoutGuesses(spans: readonly PiiSpan[]): PiiSpan[] {
  const checked = resolveOverlaps(spans.filter(({ type }) => CHECKED.has(type)));
  const guesses = spans.filter(({ type }) => type === "phone");
  return [...spans.filter(({ type }) => type !== "phone"), ...apartFrom(guesses, checked)];
}
