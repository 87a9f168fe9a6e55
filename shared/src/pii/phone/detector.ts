/** Text to telephone numbers: international form anywhere, national form for the recipe's regions. */
import type { Candidate, Detector, PiiSettings } from "../candidate.js";
import { jointAfter } from "../digit-groups.js";
import { resolveOverlaps } from "../overlaps.js";
import { type Runs, Subject } from "../subject.js";
import { extensionEnd, phoneStandsAlone } from "./boundaries.js";
import { internationalAt } from "./international.js";
import { nationalAt } from "./national.js";
import { type PhonePlan, phonePlanOf } from "./plan.js";
import { phoneScore } from "./score.js";
import { unwrappedAt } from "./wrapped.js";

export const phone: Detector = { type: "phone", find };

function find({ text, digitRuns: runs }: Subject, { phone_regions }: PiiSettings): Candidate[] {
  const plans = phone_regions.map(phonePlanOf);
  const found = findInLines(text, runs, plans);
  const wrapped = findOverLines(text, runs, plans, new Set(found.map(({ end }) => end)));
  return wrapped.length === 0 ? found : resolveOverlaps([...found, ...wrapped]);
}

function findInLines(text: string, runs: Runs, plans: readonly PhonePlan[]): Candidate[] {
  const found: Candidate[] = [];
  for (let first = 0; first < runs.count; first++) {
    const number = internationalAt(text, runs, first) ?? nationalAt(text, runs, first, plans);
    if (number === undefined) continue;
    const end = extensionEnd(text, number.end);
    const isAfterPhone = text[number.start - 1] === "/" && found.at(-1)?.end === number.start - 1;
    if (!phoneStandsAlone(text, number.start, end, isAfterPhone)) continue;
    const score = phoneScore(text, end, number);
    found.push({ start: number.start, end, score, ...(number.tags && { tags: number.tags }) });
    while (first + 1 < runs.count && runs.starts[first + 1]! < end) first++;
  }
  return found;
}

/** Numbers that go on in the next line; what ends a line as a whole number (at one of `ends`) does not. */
function findOverLines(text: string, runs: Runs, plans: readonly PhonePlan[], ends: ReadonlySet<number>): Candidate[] {
  const found: Candidate[] = [];
  for (let run = 0; run + 1 < runs.count; run++) {
    const joint = jointAfter(text, runs, run);
    if (!joint?.includes("\n") || ends.has(runs.ends[run]!)) continue;
    const line = unwrappedAt(text, runs.ends[run]!, joint);
    if (line === undefined) continue;
    const number = findInLines(line.text, new Subject(line.text).digitRuns, plans).find(line.isOver);
    if (number !== undefined) found.push({ ...number, ...line.placeOf(number) });
  }
  return found;
}
