/** Text to the edits that hide its personal values, so that detectors find nothing in what remains. */
import { applyEdits, type Edit } from "../edits.js";
import type { PiiSettings } from "./candidate.js";
import { detectPii, type PiiSpan } from "./detect.js";

/** Hiding one value may uncover another (a longer one beside it, a label that spoke against it). Ordinary text needs one round or two. */
const MOST_ROUNDS = 8;
const VISIBLE = /[\p{L}\p{M}\p{N}@]/gu;
const DIGIT_OR_AT = /[\p{Nd}@＠]/gu;

/**
 * Edits for every value whose type has the policy `mask` (letters, digits and @ become X, so length and shape stay) or `tag` (<EMAIL>).
 * The edited text holds no value of these types. Values of types with another policy stay as they are.
 */
export function redactionEdits(text: string, settings: PiiSettings): Edit[] {
  let edits: Edit[] = [];
  let redacted = text;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const spans = detectPii(redacted, settings).filter(({ type }) => isRedacted(type, settings));
    if (spans.length === 0) return edits;
    const further = spans.map((span) => editOf(redacted, span, settings));
    edits = composed(edits, redacted, further);
    redacted = applyEdits(redacted, further);
  }
  return composed(edits, redacted, everyDigitMasked(redacted));
}

/** The value with every letter and digit hidden, for previews and for the policy `mask`. */
export function maskedOf(value: string): string {
  return value.replace(VISIBLE, (character) => "X".repeat(character.length));
}

function isRedacted(type: PiiSpan["type"], settings: PiiSettings): boolean {
  const policy = settings.types[type]?.policy;
  return policy === "mask" || policy === "tag";
}

function editOf(text: string, { type, start, end }: PiiSpan, settings: PiiSettings): Edit {
  const isTag = settings.types[type]?.policy === "tag";
  return { start, end, replacement: isTag ? `<${type.toUpperCase()}>` : maskedOf(text.slice(start, end)) };
}

/** A text that shows new values after every round was made to; then no digit and no @ is left to show. */
function everyDigitMasked(text: string): Edit[] {
  return Array.from(text.matchAll(DIGIT_OR_AT), ({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
    replacement: "X".repeat(found.length),
  }));
}

/**
 * Edits of the original text that do what `first` does and then `second`, whose offsets are into `between`, the text after `first`.
 * A second edit that touches replacements of the first takes them over.
 */
function composed(first: readonly Edit[], between: string, second: readonly Edit[]): Edit[] {
  const result: Edit[] = [];
  let next = 0; // in `first`
  let shift = 0; // offset in `between` minus offset in the original, behind the edits passed so far
  const endOf = (edit: Edit) => edit.start + shift + edit.replacement.length;
  const pass = (edit: Edit) => {
    shift += edit.replacement.length - (edit.end - edit.start);
    next++;
  };
  for (const { start, end, replacement } of second) {
    for (let edit = first[next]; edit !== undefined && endOf(edit) <= start; edit = first[next]) {
      result.push(edit);
      pass(edit);
    }
    const originalStart = Math.min(start - shift, first[next]?.start ?? Number.POSITIVE_INFINITY);
    const from = originalStart + shift;
    let to = end;
    for (let edit = first[next]; edit !== undefined && edit.start + shift < end; edit = first[next]) {
      to = Math.max(to, endOf(edit));
      pass(edit);
    }
    result.push({
      start: originalStart,
      end: to - shift,
      replacement: between.slice(from, start) + replacement + between.slice(end, to),
    });
  }
  return [...result, ...first.slice(next)];
}
