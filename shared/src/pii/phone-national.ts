/** Numbers without a country code, as the recipe's regions write them. */
import { type CountryCode, getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js";
import { runLength } from "./digit-groups.js";
import type { PhoneNumber } from "./phone.js";
import { isFictional } from "./phone-fiction.js";
import { digitsOf, isBalanced, lastOfNumber } from "./phone-groups.js";
import { northAmericanAt } from "./phone-north-american.js";
import type { DigitRuns } from "./subject.js";

const SHORTEST = 8;
const LONGEST = 12;
const NORTH_AMERICAN = "1";
const TRUNK_PREFIX = "0";
const GROUPED = 0.7;
const UNBROKEN = 0.5;
const MIXED = /[./].*[- ]|[- ].*[./]/; // 01/02/2003 12: a date and more

/** The longest number of one of the regions that begins with this run. Throws RangeError for a region that no numbering plan is known of. */
export function nationalAt(text: string, runs: DigitRuns, first: number, regions: readonly string[]): PhoneNumber | undefined {
  let longest: PhoneNumber | undefined;
  for (const region of regions) {
    const isNorthAmerican = callingCodeOf(region) === NORTH_AMERICAN;
    const number = isNorthAmerican ? northAmericanAt(text, runs, first) : trunkNumberAt(text, runs, first, region as CountryCode);
    if (number !== undefined && (longest === undefined || number.end > longest.end)) longest = number;
  }
  return longest;
}

function callingCodeOf(region: string): string {
  if (!isSupportedCountry(region)) throw new RangeError(`pii.phone_regions: ${region} is not a region with a known numbering plan`);
  return getCountryCallingCode(region);
}

/** A number that begins with the trunk prefix 0, in groups of which the first is an area code: 020 7946 0958, (0161) 496 0000. */
function trunkNumberAt(text: string, runs: DigitRuns, first: number, region: CountryCode): PhoneNumber | undefined {
  if (text[runs.starts[first]!] !== TRUNK_PREFIX || runLength(runs, first) < 3) return undefined;
  const start = text[runs.starts[first]! - 1] === "(" ? runs.starts[first]! - 1 : runs.starts[first]!;
  for (let last = lastOfNumber(text, runs, first, LONGEST); last >= first; last--) {
    const end = runs.ends[last]!;
    const written = text.slice(start, end);
    const digits = digitsOf(text, start, end);
    if (digits.length < SHORTEST || MIXED.test(written) || !isBalanced(written) || hasLoneDigit(runs, first, last)) continue;
    const tags = isFictional(callingCodeOf(region), digits.slice(1)) ? { tags: ["test_number"] } : {};
    if (tags.tags === undefined && !parsePhoneNumberFromString(digits, region)?.isValid()) continue;
    return { start, end, last, score: first === last ? UNBROKEN : GROUPED, ...tags };
  }
  return undefined;
}

function hasLoneDigit(runs: DigitRuns, first: number, last: number): boolean {
  for (let run = first; run <= last; run++) if (runLength(runs, run) === 1) return true;
  return false;
}
