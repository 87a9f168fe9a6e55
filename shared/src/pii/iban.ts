/** Text to international bank account numbers: country, its length and structure, and the two check digits. */
import { countrySpecs, ValidationErrorsIBAN, validateIBAN } from "ibantools";
import type { Candidate, Detector } from "./candidate.js";
import { ESCAPED, type Subject } from "./subject.js";
import { textBefore, urlBefore } from "./surroundings.js";

const VALID = 0.95;
/** Countries whose registered structure allows letters or digits where the library wants one of them alone (SWIFT's IBAN registry, release 99). */
const REGISTERED: Readonly<Record<string, RegExp>> = {
  BY: /^[A-Z0-9]{4}\d{4}[A-Z0-9]{16}$/,
  DO: /^[A-Z0-9]{4}\d{20}$/,
  PK: /^[A-Z]{4}[A-Z0-9]{16}$/,
  PS: /^[A-Z]{4}[A-Z0-9]{21}$/,
};
const COUNTRY_AND_CHECK = 4;
/** The check digits are right but those inside the account number, which some countries have too, are not: made up, or misread. */
const VALID_OUTSIDE_ONLY = 0.8;
const IN_URL = 0.3;

const GLUED_BEFORE = /[\p{Script=Latin}\p{N}](?:[-.]|_+)?$/u;
const IBAN_GLUED = /(?:^|[^\p{L}\p{N}])(?:iban|account|konto|kontonummer|compte|cuenta)[-_:]?$/iu;
const GLUED_AFTER = /^(?:@|(?:[-.]|_+)?[\p{Script=Latin}\p{N}])/u;
const ALPHANUMERIC = /[A-Za-z0-9]/;
const SEPARATOR = new RegExp(`[ -]|%2[0Dd]|${ESCAPED}`, "y");
const WRAP = / ?\r?\n(?:[ \t]{0,4}[>|]){0,4}[ \t]{0,8}/y;
const ACCOUNT_PARAMETER = /[?&;][a-z_]*(?:iban|account|konto)[a-z_]*=$/i;

export const iban: Detector = { type: "iban", find };

function find({ text, digitRuns: { count, starts, ends } }: Subject): Candidate[] {
  const found: Candidate[] = [];
  let free = 0;
  for (let run = 0; run < count; run++) {
    const start = starts[run]! - 2;
    if (start < free || ends[run]! - starts[run]! < 2 || !isLetter(text.charCodeAt(start)) || !isLetter(text.charCodeAt(start + 1)))
      continue;
    const end = endOfAccount(text, start);
    if (end === undefined || !standsAlone(text, start, end)) continue;
    const score = scoreOf(text, start, end);
    if (score === undefined) continue;
    found.push({ start, end, score });
    free = end;
  }
  return found;
}

const isLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;

/** Where the account number ends that begins with the country here, by that country's length; undefined if its grouping is not one. */
function endOfAccount(text: string, start: number): number | undefined {
  const length = countrySpecs[text.slice(start, start + 2).toUpperCase()]?.chars;
  if (length === undefined || length === null) return undefined;
  const groups = [0];
  let isWrapped = false;
  let end = start;
  for (let characters = 0; characters < length; ) {
    const character = text[end] ?? "";
    if (ALPHANUMERIC.test(character)) {
      characters++;
      groups[groups.length - 1]!++;
      end++;
      continue;
    }
    const wrap: string = isWrapped ? "" : wrapAt(text, end);
    const separator: string = wrap || separatorAt(text, end);
    if (groups.at(-1) === 0 || separator === "") return undefined;
    isWrapped ||= wrap !== "";
    groups.push(0);
    end += separator.length;
  }
  return isGrouping(groups, text.slice(start, end), isWrapped) ? end : undefined;
}

/** A space or a dash, perhaps as URLs escape it, or "". */
function separatorAt(text: string, position: number): string {
  SEPARATOR.lastIndex = position;
  return SEPARATOR.exec(text)?.[0] ?? "";
}

/** The end of a line inside the number and what quotes the next one, or "". */
function wrapAt(text: string, position: number): string {
  const character = text[position];
  if (character !== "\n" && character !== "\r" && character !== " ") return "";
  WRAP.lastIndex = position;
  return WRAP.exec(text)?.[0] ?? "";
}

/** Unbroken, or in fours. Other groups (by bank and branch) only in capitals, because lower case in groups is a sentence. */
function isGrouping(groups: readonly number[], written: string, isWrapped: boolean): boolean {
  const isInFours = groups.every((size, index) => size === 4 || (index === groups.length - 1 && size < 4));
  return groups.length === 1 || isInFours || (!isWrapped && written === written.toUpperCase() && groups.every((size) => size > 1));
}

function standsAlone(text: string, start: number, end: number): boolean {
  const before = textBefore(text, start);
  return (!GLUED_BEFORE.test(before) || IBAN_GLUED.test(before)) && !GLUED_AFTER.test(text.slice(end, end + 3));
}

function scoreOf(text: string, start: number, end: number): number | undefined {
  const score = checkedScore(
    text
      .slice(start, end)
      .replaceAll(/%2[0Dd]|[^A-Za-z0-9]/g, "")
      .toUpperCase(),
  );
  const url = score === undefined ? "" : urlBefore(text, start);
  return url !== "" && !ACCOUNT_PARAMETER.test(url) ? IN_URL : score;
}

function checkedScore(account: string): number | undefined {
  const { valid, errorCodes } = validateIBAN(account);
  if (valid || isRegistered(account)) return VALID;
  const isRightOutside = errorCodes.every((code) => code === ValidationErrorsIBAN.WrongAccountBankBranchChecksum);
  return isRightOutside ? VALID_OUTSIDE_ONLY : undefined;
}

/** Of a structure that the library does not know, with the right remainder of ISO 7064 (MOD 97-10). */
function isRegistered(account: string): boolean {
  const rest = account.slice(COUNTRY_AND_CHECK);
  if (!REGISTERED[account.slice(0, 2)]?.test(rest)) return false;
  const digits = (rest + account.slice(0, COUNTRY_AND_CHECK)).replaceAll(/[A-Z]/g, (letter) => String(Number.parseInt(letter, 36)));
  return BigInt(digits) % 97n === 1n;
}
