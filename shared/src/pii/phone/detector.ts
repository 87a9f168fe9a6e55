/** Text to telephone numbers: international form anywhere, national form for the recipe's regions. */
import type { Candidate, Detector, PiiSettings } from "../candidate.js";
import type { Subject } from "../subject.js";
import { extensionEnd, phoneStandsAlone } from "./boundaries.js";
import { internationalAt } from "./international.js";
import { nationalAt } from "./national.js";
import { phonePlanOf } from "./plan.js";
import { phoneScore } from "./score.js";

export const phone: Detector = { type: "phone", find };

function find({ text, digitRuns: runs }: Subject, { phone_regions }: PiiSettings): Candidate[] {
  const plans = phone_regions.map(phonePlanOf);
  const found: Candidate[] = [];
  for (let first = 0; first < runs.count; first++) {
    const number = internationalAt(text, runs, first) ?? nationalAt(text, runs, first, plans);
    if (number === undefined) continue;
    const end = extensionEnd(text, number.end);
    if (!phoneStandsAlone(text, number.start, end)) continue;
    const score = phoneScore(text, end, number);
    found.push({ start: number.start, end, score, ...(number.tags && { tags: number.tags }) });
    while (first + 1 < runs.count && runs.starts[first + 1]! < end) first++;
  }
  return found;
}
