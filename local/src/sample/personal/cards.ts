/** Payment card numbers: every issuer, issued length and way of writing them, and the numbers that issuers publish for tests. */
import type { Random } from "../random.js";
import { luhnDigit } from "./check-digits.js";
import type { Value } from "./value.js";

/** Ranges and lengths as the issuers publish them; Visa's 13 digits are no longer issued but stand in old texts. */
const ISSUERS: readonly { readonly prefixes: readonly string[]; readonly lengths: readonly number[] }[] = [
  { prefixes: ["4539", "4716", "4024", "4929"], lengths: [13, 16, 19] },
  { prefixes: ["51", "52", "53", "54", "55"], lengths: [16] },
  { prefixes: ["2221", "2345", "2501", "2699", "2720"], lengths: [16] },
  { prefixes: ["34", "37"], lengths: [15] },
  { prefixes: ["6011", "644", "649", "65"], lengths: [16, 19] },
  { prefixes: ["300", "305", "36", "38"], lengths: [14] },
  { prefixes: ["3528", "3560", "3589"], lengths: [16] },
  { prefixes: ["6221", "6240", "6282"], lengths: [16, 17, 18, 19] },
  { prefixes: ["5018", "5020", "6304", "6759", "6761"], lengths: [16, 18] },
];

/** What payment providers print in their manuals. */
const PUBLISHED = [
  "4111111111111111",
  "4012888888881881",
  "4242424242424242",
  "4222222222222",
  "5555555555554444",
  "5105105105105100",
  "2223003122003222",
  "378282246310005",
  "371449635398431",
  "6011111111111117",
  "6011000990139424",
  "30569309025904",
  "38520000023237",
  "3530111333300000",
  "3566002020360505",
  "6200000000000005",
  "4000056655665556",
];

const SEPARATORS = ["", " ", "-", "\u00a0", "\u202f"];
const GROUPS: Readonly<Record<number, readonly number[]>> = {
  13: [4, 3, 3, 3],
  14: [4, 6, 4],
  15: [4, 6, 5],
  16: [4, 4, 4, 4],
  17: [4, 4, 4, 4, 1],
  18: [4, 4, 4, 4, 2],
  19: [4, 4, 4, 4, 3],
};

/** The digits in the groups that are printed on a card of that length. */
export function grouped(digits: string, separator: string): string {
  const pattern = GROUPS[digits.length]!.map((size) => `(.{${size}})`).join("");
  return new RegExp(`^${pattern}$`).exec(digits)!.slice(1).join(separator);
}

function cardDigits(prefix: string, length: number, random: Random): string {
  const payload = prefix + random.digits(length - prefix.length - 1);
  return payload + luhnDigit(payload);
}

/** One card of any issuer. */
export function card(random: Random, separator = random.pick([" ", "-", ""])): Value {
  const { prefixes, lengths } = random.pick(ISSUERS);
  return { type: "credit_card", text: grouped(cardDigits(random.pick(prefixes), random.pick(lengths), random), separator) };
}

/** Every issuer with every length of its own and every separator, then the published numbers. */
export function allCards(random: Random): Value[] {
  const made = ISSUERS.flatMap(({ prefixes, lengths }) =>
    lengths.flatMap((length) => SEPARATORS.map((separator) => grouped(cardDigits(random.pick(prefixes), length, random), separator))),
  );
  const published = PUBLISHED.map((digits, index) => grouped(digits, SEPARATORS[index % 3]!));
  return [...made, ...published].map((text) => ({ type: "credit_card", text }));
}
