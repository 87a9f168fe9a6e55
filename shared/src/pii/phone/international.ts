/** Numbers with a country code: +44 20 7946 0958, 0044 20 ..., 011 44 20 ... */
import { parsePhoneNumberFromString } from "libphonenumber-js";
import type { Runs } from "../subject.js";
import { isFictional } from "./fiction.js";
import { digitsOf, lastOfNumber, openedStart } from "./groups.js";
import type { PhoneNumber } from "./phone-number.js";

const SHORTEST = 7;
const USUAL = 10; // 00 and fewer digits are more often something else
const LONGEST = 15; // E.164
const LONGEST_WITH_TRUNK = 16; // +44 (0)20 ...
/** With a plus in front, so many digits are hardly anything else. */
const E164_USUAL = 11;
const VALID = 0.9;
/** Of a right length for its country, though no operator has that range: made-up examples are like that. */
const POSSIBLE = 0.55;
const VALID_WITH_EXIT_CODE = 0.75;
const FICTIONAL = 0.7;
/** With a whole country code behind it in the same run, of which only 1 and 7 have one digit. */
const EXIT_CODE = /^(?:00|011)(?=[17]|[1-9]\d)/;

/** The longest number in international form that begins with this run. */
export function internationalAt(text: string, runs: Runs, first: number): PhoneNumber | undefined {
  const runStart = runs.starts[first]!;
  const plus = plusBefore(text, runStart);
  const exitCode = plus === undefined ? exitCodeOf(text, runs, first) : "";
  if (exitCode === undefined) return undefined;
  const most = LONGEST_WITH_TRUNK + exitCode.length;
  let longer: PhoneNumber | undefined;
  let isOnlyPossible = false;
  for (let last = lastOfNumber(text, runs, first, most); last >= first; last--) {
    const end = runs.ends[last]!;
    const start = openedStart(text, plus ?? runStart, end);
    if (start === undefined) continue;
    const score = scoreOf(text, start, end, exitCode, last - first);
    if (score === undefined) {
      if (longer !== undefined && !isOnlyPossible) return longer;
      continue;
    }
    const number = { start, end, last, ...score };
    if (longer !== undefined) {
      if (!isOnlyPossible || score.score > POSSIBLE) return number;
      continue;
    }
    isOnlyPossible = score.score === POSSIBLE && last > first && text[runs.starts[last]! - 1] === " ";
    if (!isOnlyPossible && !changesRhythm(text.slice(start, end))) return number;
    longer = number;
  }
  return longer;
}

/** A last group after a space, where the others are joined otherwise or not at all: +43-664-123456 13. It is left out if it can be. */
const changesRhythm = (written: string): boolean => /^[^ ]+ \d+$/.test(written) && !AREA_AND_LINE.test(written);
/** What a trunk zero in brackets touches is an area code, and the line number follows it: +49(0)1516 3298221. */
const AREA_AND_LINE = /^\+\d{1,3}\(0\)\d+ \d{4,}$/;

/** Where the + stands in front of these digits: "+44", "+(44)". */
function plusBefore(text: string, runStart: number): number | undefined {
  if (text[runStart - 1] === "+") return runStart - 1;
  return text[runStart - 1] === "(" && text[runStart - 2] === "+" ? runStart - 2 : undefined;
}

/** 00 or 011 in front of a country code, in the same run or as a run of its own. */
function exitCodeOf(text: string, runs: Runs, first: number): string | undefined {
  if (text[runs.starts[first]!] !== "0") return undefined;
  const run = text.slice(runs.starts[first]!, runs.ends[first]!);
  if (run === "00" || run === "011") return run;
  return EXIT_CODE.exec(run)?.[0];
}

function scoreOf(
  text: string,
  start: number,
  end: number,
  exitCode: string,
  joints: number,
): Pick<PhoneNumber, "score" | "needsWord" | "tags"> | undefined {
  const written = text.slice(start, end);
  const digits = digitsOf(text, start, end).slice(exitCode.length);
  if (digits.length < SHORTEST || digits.length > LONGEST + (written.includes("(0)") ? 1 : 0)) return undefined;
  if (digits.startsWith("0")) return undefined; // no country code does
  const number = parsePhoneNumberFromString(`+${digits}`);
  if (number === undefined || !number.isPossible()) return undefined;
  if (isFictional(number.countryCallingCode, number.nationalNumber)) return { score: FICTIONAL, tags: ["test_number"] };
  if (number.isValid())
    return exitCode === "" ? { score: VALID } : { score: VALID_WITH_EXIT_CODE, needsWord: joints === 0 || digits.length < USUAL };
  const isNorthAmerican = number.countryCallingCode === "1" && /^[2-9]\d\d[2-9]/.test(number.nationalNumber); // area codes are added every year
  return { score: POSSIBLE, needsWord: exitCode !== "" || (joints < 2 && digits.length < E164_USUAL && !isNorthAmerican) };
}
