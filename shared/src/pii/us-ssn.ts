/** Text to United States social security numbers: 3-2-4 digits that can have been issued, or nine digits that a word calls so. */
import type { Candidate, Detector } from "./candidate.js";
import { isBesideGroups, isWrap, jointAfter, runLength } from "./digit-groups.js";
import { ACCOUNT_WORDS, IDENTIFIER_WORDS } from "./identifier-words.js";
import { PHONE_WORDS } from "./phone/words.js";
import type { Runs, Subject } from "./subject.js";
import { ContextWords, textBefore, urlBefore } from "./surroundings.js";

const SSN_WORDS = new ContextWords(
  [
    "ssns?",
    "ssn4",
    "social(?: |-)?security(?: (?:number|no|num|card))?",
    "soc\\.? sec",
    "ss ?#",
    "ss no",
    "social",
    "tax(?:payer)?[ -]?(?:id|identification)(?: number)?",
    "tin",
    "seguro social",
    "社会安全号码",
  ],
  "request",
);
const OTHER_WORDS = new ContextWords(["zip", "postcode", "postal", "routing", "aba", "ein", "duns", "policy", "version"]);

/** Printed in advertisements and leaflets until everybody used them, or so plain that they are made up. */
const PUBLISHED: ReadonlySet<string> = new Set(["078051120", "219099999", "123456789", "457555462"]);
const ONE_DIGIT = /^(\d)\1{8}$/;
/** Areas 000, 666 and 900-999, group 00 and serial 0000 are never issued. */
const NEVER_ISSUED = /^(?:000|666|9)|^\d{3}00|0000$/;

const WITH_WORD = 0.95;
const BARE_WITH_WORD = 0.6;
const LABELLED_OTHERWISE = 0.2;
/** By separator: spaces part numbers of tables too, and dots belong to versions and dates. */
const BY_SEPARATOR: Readonly<Record<string, number>> = { "-": 0.8, " ": 0.5, ".": 0.3, " - ": 0.3 };
/** One of each, or one of them where a line was wrapped: only where a word calls them so. */
const MIXED = "mixed";

const GLUED_BEFORE = /(?:\+1 |[\p{Script=Latin}\p{N}][-./\\]?|[\p{L}\p{N}]_+|[-\\$€£+.])$/u;
const GLUED_AFTER = /^(?:[\p{Script=Latin}\p{N}%@]|(?:[-./]|_+)[\p{Script=Latin}\p{N}])/u;
const SSN_GLUED = /(?:^|[^\p{L}\p{N}])(?:ssn|ss|social)[-_:]?$/iu;

export const usSsn: Detector = { type: "us_ssn", find };

function find({ text, digitRuns: runs }: Subject): Candidate[] {
  const found: Candidate[] = [];
  for (let first = 0; first < runs.count; first++) {
    const shape = shapeAt(text, runs, first);
    if (shape === undefined) continue;
    const { last, separator } = shape;
    const start = runs.starts[first]!;
    const end = runs.ends[last]!;
    const digits = text.slice(start, end).replaceAll(/\D/g, "");
    const isAfterAnother = text[start - 1] === "/" && found.at(-1)?.end === start - 1;
    const isBeforeAnother = text[end] === "/" && runs.starts[last + 1] === end + 1 && shapeAt(text, runs, last + 1) !== undefined;
    if (NEVER_ISSUED.test(digits)) continue;
    if (!(isAfterAnother || isFreeBefore(text, start)) || !(isBeforeAnother || !GLUED_AFTER.test(text.slice(end, end + 3)))) continue;
    if (separator === " " && isBesideGroups(text, start, end)) continue;
    const isPublished = PUBLISHED.has(digits) || ONE_DIGIT.test(digits);
    const score = scoreOf(text, start, end, separator);
    if (score > 0) found.push({ start, end, score, ...(isPublished && { tags: ["test_number"] }) });
    first = last;
  }
  return found;
}

interface Shape {
  readonly last: number;
  /** Between its groups: "" for none, MIXED for two kinds. */
  readonly separator: string;
}

/** A number of the right shape that begins with this run: nine digits, or three, two and four. */
function shapeAt(text: string, runs: Runs, first: number): Shape | undefined {
  if (first >= runs.count) return undefined;
  const length = runLength(runs, first);
  if (length === 9) return { last: first, separator: "" };
  if (length !== 3 || first + 2 >= runs.count || runLength(runs, first + 1) !== 2 || runLength(runs, first + 2) !== 4) return undefined;
  const joints = [jointAfter(text, runs, first), jointAfter(text, runs, first + 1)];
  const isSeparator = (joint: string | undefined) => joint !== undefined && (joint in BY_SEPARATOR || isWrap(joint));
  if (!joints.every(isSeparator)) return undefined;
  return { last: first + 2, separator: joints[0] === joints[1] && !joints[0]!.includes("\n") ? joints[0]! : MIXED };
}

function isFreeBefore(text: string, start: number): boolean {
  const before = textBefore(text, start);
  return (!GLUED_BEFORE.test(before) || SSN_GLUED.test(before)) && urlBefore(text, start) === "";
}

function scoreOf(text: string, start: number, end: number, separator: string): number {
  if (separator === "") return SSN_WORDS.isLabel(text, start) ? BARE_WITH_WORD : 0;
  if (SSN_WORDS.isNear(text, start, end)) return WITH_WORD;
  const isOther = [IDENTIFIER_WORDS, ACCOUNT_WORDS, PHONE_WORDS, OTHER_WORDS].some((words) => words.isLabel(text, start));
  return isOther ? LABELLED_OTHERWISE : (BY_SEPARATOR[separator] ?? 0);
}
