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
 * The edited text holds no value of these types. Values of types with another policy stay as they are, unless values still show after
 * the last round: then every digit and @ of the text is masked.
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

/** A stretch of the text between two rounds that edits of either round have part in. */
interface Stretch {
  readonly start: number;
  end: number;
  readonly second: Edit[];
  /** By how much the first round lengthened the text inside the stretch. */
  growth: number;
}

/**
 * Edits of the original text that do what `first` does and then `second`, whose offsets are into `between`, the text after `first`.
 * Edits that touch each other become one.
 */
function composed(first: readonly Edit[], between: string, second: readonly Edit[]): Edit[] {
  let shift = 0; // offset in `between` minus offset in the original
  return stretchesOf(first, second).map(({ start, end, second: inside, growth }) => {
    const local = inside.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    const edit = { start: start - shift, end: end - shift - growth, replacement: applyEdits(between.slice(start, end), local) };
    shift += growth;
    return edit;
  });
}

/** The stretches that both rounds' edits cover, ascending and apart, in offsets of the text between the rounds. */
function stretchesOf(first: readonly Edit[], second: readonly Edit[]): Stretch[] {
  let shift = 0;
  const pieces: Stretch[] = second.map((edit) => ({ start: edit.start, end: edit.end, second: [edit], growth: 0 }));
  for (const { start, end, replacement } of first) {
    const growth = replacement.length - (end - start);
    pieces.push({ start: start + shift, end: end + shift + growth, second: [], growth });
    shift += growth;
  }
  const stretches: Stretch[] = [];
  for (const piece of pieces.sort((a, b) => a.start - b.start)) {
    const last = stretches.at(-1);
    if (last === undefined || piece.start >= last.end) stretches.push(piece);
    else {
      last.end = Math.max(last.end, piece.end);
      last.second.push(...piece.second);
      last.growth += piece.growth;
    }
  }
  return stretches;
}
