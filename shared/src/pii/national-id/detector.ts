/** Text to national and tax numbers of people: the form and the check digits of a country, and nearly always a word that names the number. */
import type { Candidate, Detector, PiiSettings } from "../candidate.js";
import { runLength } from "../digit-groups.js";
import { IDENTIFIER_WORDS } from "../identifier-words.js";
import type { Runs, Subject } from "../subject.js";
import { ContextWords, textBefore, urlBefore } from "../surroundings.js";
import { ID_KINDS, type IdKind, isRightId } from "./kinds.js";

const LABELLED = 0.9;
const LABELLED_OTHERWISE = 0.2;
const LONGEST_RUN = 18;
const SHORT_RUN = 4;
const LED = /[A-Z] ?$/;
const FOLLOWED = /^[ .-]\d/;

const GLUED_BEFORE = /(?:[\p{Script=Latin}\p{N}][-./\\]?|[\p{L}\p{N}]_+|[-\\$€£+.])$/u;
const GLUED_AFTER = /^(?:[\p{Script=Latin}\p{N}%@]|(?:[-./]|_+)[\p{Script=Latin}\p{N}])/u;

/** What any of them may be called. */
const ANY_ID = [
  "national id(?:entity|entification)?(?: card)?",
  "id(?:entity)? card",
  "personal (?:id(?:entity|entification)?(?: code)?|code)",
  "tax(?:payer)?[ -]?(?:id|identification)(?: number)?",
];

interface Prepared extends IdKind {
  readonly label: ContextWords;
}

/** By the length of the first run of digits, so that a run is only compared with what it can begin. */
const BY_RUN: ReadonlyMap<number, readonly Prepared[]> = (() => {
  const all = ID_KINDS.map((kind) => ({ ...kind, label: new ContextWords([...kind.words, ...ANY_ID]) }));
  return new Map(
    Array.from({ length: LONGEST_RUN }, (_, index) => [index + 1, all.filter(({ firstRun }) => firstRun.includes(index + 1))]),
  );
})();

export const nationalId: Detector = { type: "national_id", find };

function find({ text, digitRuns: runs }: Subject, { national_ids }: PiiSettings): Candidate[] {
  const found: Candidate[] = [];
  for (let run = 0; run < runs.count; run++) {
    const best = bestAt(text, runs.starts[run]!, kindsOf(text, runs, run), national_ids);
    if (best === undefined || best.start < (found.at(-1)?.end ?? 0)) continue;
    found.push(best);
    while (run + 1 < runs.count && runs.starts[run + 1]! < best.end) run++;
  }
  return found;
}

/** What a run can begin. Most short ones are years and counts: nothing is led or followed in the way of an id. */
function kindsOf(text: string, runs: Runs, run: number): readonly Prepared[] {
  const length = runLength(runs, run);
  const kinds = BY_RUN.get(length) ?? [];
  if (kinds.length === 0 || length > SHORT_RUN) return kinds;
  const isLed = LED.test(text.slice(Math.max(0, runs.starts[run]! - 2), runs.starts[run]!));
  return isLed || FOLLOWED.test(text.slice(runs.ends[run]!, runs.ends[run]! + 2)) ? kinds : [];
}

/** The likeliest of the numbers that these digits begin, or the first of equals. */
function bestAt(text: string, runStart: number, kinds: readonly Prepared[], countries: readonly string[]): Candidate | undefined {
  let best: Candidate | undefined;
  for (const kind of kinds) {
    if (!countries.includes(kind.country)) continue;
    const candidate = candidateOf(text, runStart, kind);
    if (candidate !== undefined && (best === undefined || candidate.score > best.score)) best = candidate;
  }
  return best;
}

function candidateOf(text: string, runStart: number, kind: Prepared): Candidate | undefined {
  for (const lead of kind.leads) {
    const start = runStart - lead;
    if (start < 0) continue;
    kind.pattern.lastIndex = start;
    const written = kind.pattern.exec(text)?.[0];
    if (written === undefined || start + written.length <= runStart) continue;
    const end = start + written.length;
    const before = textBefore(text, start);
    if (GLUED_BEFORE.test(before) || GLUED_AFTER.test(text.slice(end, end + 3))) continue;
    const score = scoreOf(text, start, kind);
    if (score > LABELLED_OTHERWISE && isRightId(kind, written))
      return { start, end, score, tags: [`${kind.country.toLowerCase()}_${kind.name}`] };
  }
  return undefined;
}

/** Labels are looked for before check digits are worked out: without one, most kinds say nothing. */
function scoreOf(text: string, start: number, { label, unlabelled }: Prepared): number {
  if (label.isLabel(text, start)) return LABELLED;
  if (unlabelled <= LABELLED_OTHERWISE) return unlabelled;
  return IDENTIFIER_WORDS.isLabel(text, start) || urlBefore(text, start) !== "" ? LABELLED_OTHERWISE : unlabelled;
}
