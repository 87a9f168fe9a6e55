/** The class of each code point that the encodings' patterns tell apart, found by the patterns' own properties when it is first met. */

// One bit each, so that a run of several classes is one test a character.
export const UPPER = 1; // Lu, Lt
export const LOWER = 2; // Ll
export const LETTER = 4; // Lm, Lo: neither capital nor small, so both
export const MARK = 8;
export const NUMBER = 16;
export const SPACE = 32; // White_Space other than the line breaks
export const BREAK = 64; // CR, LF
export const OTHER = 128;

const TESTS: readonly (readonly [RegExp, number])[] = [
  [/[\r\n]/, BREAK],
  [/\p{White_Space}/u, SPACE],
  [/[\p{Lu}\p{Lt}]/u, UPPER],
  [/\p{Ll}/u, LOWER],
  [/\p{L}/u, LETTER],
  [/\p{M}/u, MARK],
  [/\p{N}/u, NUMBER],
];

/** Class of each code point, 0 where not yet known; surrogates stay 0, so that whoever meets one asks `resolveClass`. */
export const CLASSES = new Uint8Array(0x110000);

function classify(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  return TESTS.find(([test]) => test.test(character))?.[1] ?? OTHER;
}

/** How many units the character at `at` of units[.., end) takes: 2 for a surrogate pair. */
export function widthAt(units: Uint16Array, at: number, end: number): number {
  const isPair = (units[at]! & 0xfc00) === 0xd800 && at + 1 < end && (units[at + 1]! & 0xfc00) === 0xdc00;
  return isPair ? 2 : 1;
}

/** The class at `at` of units[.., end) when `CLASSES` gives 0 for that unit: a new character or a surrogate (a lone one is OTHER, as U+FFFD is). */
export function resolveClass(units: Uint16Array, at: number, end: number): number {
  const unit = units[at]!;
  let codePoint = unit;
  if (unit >= 0xd800 && unit <= 0xdfff) {
    if (widthAt(units, at, end) === 1) return OTHER;
    codePoint = ((unit - 0xd800) << 10) + (units[at + 1]! - 0xdc00) + 0x10000;
  }
  if (CLASSES[codePoint] === 0) CLASSES[codePoint] = classify(codePoint);
  return CLASSES[codePoint]!;
}

for (let codePoint = 0; codePoint < 128; codePoint++) CLASSES[codePoint] = classify(codePoint);
