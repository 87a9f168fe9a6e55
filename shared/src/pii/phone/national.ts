/** Numbers without a country code, as the recipe's regions write them. */
import { parsePhoneNumberFromString } from "libphonenumber-js";
import { runLength } from "../digit-groups.js";
import type { Runs } from "../subject.js";
import { isFictional } from "./fiction.js";
import { digitsOf, lastOfNumber, openedStart } from "./groups.js";
import { northAmericanAt } from "./north-american.js";
import type { PhoneNumber } from "./phone-number.js";
import { IN_PAIRS, type PhonePlan } from "./plan.js";

const SHORTEST = 8;
const LONGEST = 12;
const SHORTEST_LEAD = 3; // 020; two digits and more groups are a date
const NORTH_AMERICAN = "1";
const GROUPED = 0.7;
const UNBROKEN = 0.5;
const MIXED = /[./].*[- ]|[- ].*[./]/; // 010/02/2003 12: more than one number

/** The longest number of one of the plans that begins with this run. */
export function nationalAt(text: string, runs: Runs, first: number, plans: readonly PhonePlan[]): PhoneNumber | undefined {
  let longest: PhoneNumber | undefined;
  for (const plan of plans) {
    const number = plan.callingCode === NORTH_AMERICAN ? northAmericanAt(text, runs, first) : groupedAt(text, runs, first, plan);
    if (number !== undefined && (longest === undefined || number.end > longest.end)) longest = number;
  }
  return longest;
}

/** A number in groups of which the first is an area code with its 0, where the region writes one: 020 7946 0958, (0161) 496 0000. */
function groupedAt(text: string, runs: Runs, first: number, plan: PhonePlan): PhoneNumber | undefined {
  if (!beginsNumber(text, runs, first, plan)) return undefined;
  for (let last = lastOfNumber(text, runs, first, LONGEST); last >= first; last--) {
    const end = runs.ends[last]!;
    const start = openedStart(text, runs.starts[first]!, end);
    if (start === undefined) continue;
    const written = text.slice(start, end);
    const digits = digitsOf(text, start, end);
    if (runLength(runs, first) < SHORTEST_LEAD && !IN_PAIRS.test(written)) continue;
    if (digits.length < SHORTEST || MIXED.test(written) || hasShortGroup(runs, first, last, 1)) continue;
    const needsWord = first === last || (plan.hasTrunkZero && !plan.isInPairs && hasShortGroup(runs, first + 1, last, 2));
    const form = { score: first === last ? UNBROKEN : GROUPED, needsWord };
    if (isFictional(plan.callingCode, digits.slice(1))) return { start, end, last, ...form, tags: ["test_number"] };
    if (parsePhoneNumberFromString(digits, plan.region)?.isValid()) return { start, end, last, ...form };
  }
  return undefined;
}

/** With one 0 in front, where the region writes it; 00 leads abroad. */
function beginsNumber(text: string, runs: Runs, first: number, plan: PhonePlan): boolean {
  const start = runs.starts[first]!;
  if (runLength(runs, first) < (plan.isInPairs ? 2 : SHORTEST_LEAD)) return false;
  return plan.hasTrunkZero ? text[start] === "0" && text[start + 1] !== "0" : text[start] !== "0";
}

function hasShortGroup(runs: Runs, first: number, last: number, most: number): boolean {
  for (let run = first; run <= last; run++) if (runLength(runs, run) <= most) return true;
  return false;
}
