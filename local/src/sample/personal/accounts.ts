/** Bank accounts and United States social security numbers, valid in every check and made by chance. */
import type { Random } from "../random.js";
import { ibanDigits } from "./check-digits.js";
import type { Value } from "./value.js";

/** Account parts of countries without a check digit of their own inside: # is a digit, A a letter, others stand for themselves. */
const ACCOUNTS: Readonly<Record<string, string>> = {
  DE: "##################",
  GB: "AAAA##############",
  NL: "AAAA##########",
  AT: "################",
  CH: "#################",
  IE: "AAAA##############",
  SE: "####################",
  DK: "##############",
  GR: "#######################",
  TR: "#####0################",
  AE: "###################",
  SA: "####################",
  RO: "AAAA################",
};

/** Examples of the IBAN registry (SWIFT), of countries whose accounts hold check digits of their own. */
const REGISTRY = [
  "FR1420041010050500013M02606",
  "IT60X0542811101000000123456",
  "ES9121000418450200051332",
  "BE68539007547034",
  "NO9386011117947",
  "PL61109010140000071219812874",
  "PT50000201231234567890154",
  "FI2112345600000785",
];

const LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";

function made(country: string, random: Random): string {
  const account = ACCOUNTS[country]!.replace(/[#A]/g, (kind) => (kind === "#" ? random.digits(1) : random.text(LETTERS, 1)));
  return country + ibanDigits(country, account) + account;
}

const inFours = (text: string, separator: string) => text.match(/.{1,4}/g)!.join(separator);

export function iban(random: Random): Value {
  return { type: "iban", text: inFours(made(random.pick(Object.keys(ACCOUNTS)), random), random.pick(["", " "])) };
}

/** Every country, with blanks and without. */
export function allIbans(random: Random): Value[] {
  const all = [...Object.keys(ACCOUNTS).map((country) => made(country, random)), ...REGISTRY];
  return all.flatMap((text) => [text, inFours(text, " ")]).map((text) => ({ type: "iban", text }));
}

/** Area 001-899 but 666, group and serial not all zeros, and none of the numbers that became known through advertisements. */
export function ssn(random: Random): Value {
  const area = random.pick([random.between(1, 665), random.between(667, 899)]);
  const parts = [
    String(area).padStart(3, "0"),
    String(random.between(1, 99)).padStart(2, "0"),
    String(random.between(1, 9999)).padStart(4, "0"),
  ];
  return { type: "us_ssn", text: parts.join("-") };
}
