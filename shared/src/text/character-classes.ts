/** What kind of character a code point is, in one table look-up: letters, marks, numbers, white space, punctuation, symbols. */

export const OTHER = 0; // controls, formats, unassigned, private use
export const WHITE = 1;
export const LETTER = 2; // of a script that puts spaces between words
export const IDEOGRAPH = 3; // Han, kana: written without spaces, about two characters a word
export const JOINED = 4; // Thai, Khmer, Javanese ...: letters, written without spaces, about five a word
export const MARK = 5;
export const NUMBER = 6;
export const PUNCTUATION = 7; // what prose uses
export const SYMBOL = 8; // everything in S, and the punctuation of markup and code

export const KIND = 0x0f;
export const UPPER = 0x10;
export const LOWER = 0x20;
/** Carries about as much as three letters of an alphabet: the Universal Declaration has 8,700 letters in English, 2,600 in Chinese. */
export const HEAVY = 0x40;
export const SENTENCE_END = 0x80;

export const HEAVY_WEIGHT = 3;

const LIMIT = 0x40000; // planes 0 to 3; above there are only tags, variation selectors and private use
const VARIATION_SELECTORS = [0xe0100, 0xe01ef] as const;

const IDEOGRAPHS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\p{Script=Nushu}\p{Script=Tangut}ーｰ]+/gu;
const SYLLABLES =
  /[\p{Script=Hangul}\p{Script=Ethiopic}\p{Script=Cherokee}\p{Script=Canadian_Aboriginal}\p{Script=Vai}\p{Script=Yi}\p{Script=Cuneiform}]+/gu;
const JOINED_LETTERS =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Javanese}\p{Script=Balinese}\p{Script=New_Tai_Lue}\p{Script=Tai_Le}\p{Script=Tai_Tham}\p{Script=Tai_Viet}]+/gu;
/** Punctuation that prose hardly uses, by Unicode category P, but markup, code and decoration do. */
const MARKUP = /[#%&*/@\\_{}[\]•‣⁃†‡※]+/g;
const SENTENCE_ENDS = /[.!?…。！？｡．؟۔।॥።፧፨։።។៕။།༎‽︒᙮᠃᠉꧉꘎꘏꓿꛳꯫෴߹⸮]+/gu;

/** Cherokee is written in its capitals, and the palochka is one letter in both cases: neither is a sign of shouting. */
const CAPITALS = /(?:(?![\p{Script=Cherokee}Ӏ])[\p{Lu}\p{Lt}])+/gu;

/** Later entries overwrite earlier ones. */
const KINDS: readonly (readonly [RegExp, number])[] = [
  [/\p{L}+/gu, LETTER],
  [/\p{M}+/gu, MARK],
  [/\p{N}+/gu, NUMBER],
  [/\p{P}+/gu, PUNCTUATION],
  [/\p{S}+/gu, SYMBOL],
  [/\p{White_Space}+/gu, WHITE],
  [MARKUP, SYMBOL],
];
const BITS: readonly (readonly [RegExp, number])[] = [
  [CAPITALS, UPPER],
  [/\p{Ll}+/gu, LOWER],
  [IDEOGRAPHS, HEAVY],
  [SYLLABLES, HEAVY],
  [SENTENCE_ENDS, SENTENCE_END],
];

/** Class of every code point below 0x40000: kind in the low four bits, then UPPER, LOWER, HEAVY, SENTENCE_END. */
export const CLASSES: Uint8Array = buildClasses();

/** Class of any code point. */
export function classOf(codePoint: number): number {
  if (codePoint < LIMIT) return CLASSES[codePoint]!;
  return codePoint >= VARIATION_SELECTORS[0] && codePoint <= VARIATION_SELECTORS[1] ? MARK : OTHER;
}

/** Simple lower-case form of every upper-case code unit of the BMP, itself for all others. */
export const FOLDED: Uint16Array = buildFolded();

function buildClasses(): Uint8Array {
  const classes = new Uint8Array(LIMIT);
  for (const text of blocks()) {
    for (const [pattern, kind] of KINDS) eachCodePoint(text, pattern, (codePoint) => (classes[codePoint] = kind));
    for (const [pattern, kind] of [
      [IDEOGRAPHS, IDEOGRAPH],
      [JOINED_LETTERS, JOINED],
    ] as const)
      eachCodePoint(text, pattern, (codePoint) => {
        if (classes[codePoint] === LETTER) classes[codePoint] = kind;
      });
    for (const [pattern, bit] of BITS) eachCodePoint(text, pattern, (codePoint) => (classes[codePoint]! |= bit));
  }
  return classes;
}

/** Every code point below LIMIT but surrogates, in strings of a size that regular expressions like. */
function* blocks(): Generator<string> {
  for (let start = 0; start < LIMIT; start += 0x800) {
    if (start >= 0xd800 && start < 0xe000) continue;
    yield String.fromCodePoint(...Array.from({ length: 0x800 }, (_, index) => start + index));
  }
}

function eachCodePoint(text: string, pattern: RegExp, visit: (codePoint: number) => void): void {
  for (const [run] of text.matchAll(pattern)) for (const character of run) visit(character.codePointAt(0)!);
}

function buildFolded(): Uint16Array {
  const folded = new Uint16Array(0x10000);
  for (let unit = 0; unit < folded.length; unit++) {
    const lower = CLASSES[unit]! & UPPER ? String.fromCharCode(unit).toLowerCase() : "";
    folded[unit] = lower.length === 1 ? lower.charCodeAt(0) : unit;
  }
  return folded;
}
