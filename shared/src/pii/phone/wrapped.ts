/** A number that goes on in the next line, perhaps of a quoted mail, as it would stand in one line. */
import type { Candidate } from "../candidate.js";
import { isWrap } from "../digit-groups.js";
import { textBefore } from "../surroundings.js";
import { PHONE_WORDS } from "./words.js";

const BEFORE = 96;
const AFTER = 48;
/** Only a number that is valid, or one that a word calls so, is believed over two lines. */
const SURE = 0.7;
const SENTENCE_BEFORE = /\p{L}[^\n]*$/u;
const PLUS_BEFORE = /\+\(?\d[^\n\p{L}]*$/u;

export interface UnwrappedLine {
  readonly text: string;
  /** Is this a number that goes over the break? */
  readonly isOver: (number: Candidate) => boolean;
  /** The place of such a number in the text that has the break. */
  readonly placeOf: (number: Candidate) => { start: number; end: number };
}

/** The surroundings of digits that end at `end`, in one line; undefined where `joint` is no break inside a number of a sentence. */
export function unwrappedAt(text: string, end: number, joint: string): UnwrappedLine | undefined {
  const bracket = joint.startsWith(")") ? ")" : "";
  if (!isWrap(joint.slice(bracket.length))) return undefined;
  const head = textBefore(text, end, BEFORE);
  if (!SENTENCE_BEFORE.test(head) || !(PLUS_BEFORE.test(head) || PHONE_WORDS.isBefore(text, end))) return undefined;
  const separator = joint.startsWith("-") ? "-" : `${bracket} `;
  const next = end + joint.length;
  const resumed = head.length + separator.length;
  return {
    text: head + separator + text.slice(next, next + AFTER),
    isOver: ({ start, end, score }) => start < head.length && end > resumed && score >= SURE,
    placeOf: (number) => ({ start: number.start + end - head.length, end: number.end + next - resumed }),
  };
}
