/** How much a decoded text looks like something that people write: what the wrong encoding gives is odd in ways that need no dictionary. */
import {
  classOf,
  IDEOGRAPH,
  JOINED,
  KIND,
  LETTER,
  LOWER,
  MARK,
  NUMBER,
  OTHER,
  UPPER,
  WHITE,
} from "@pipeline/shared/text/character-classes";

/** Points for a character beyond ASCII, by what it is and what stands beside it; tuned on short texts in fifty encodings. */
const POINTS = {
  undefined: -6, // controls, private use, unassigned, U+FFFD
  letter: 1,
  mixedScripts: -3, // КафеG
  mixedCase: -2, // aB within a word
  letterAlone: -1,
  foreign: -2, // one letter of another script among Latin words
  letterByDigit: -0.7,
  mark: 0.8,
  markAlone: -2,
  box: 0.3, // lines of boxes, beside each other
  boxInWord: -3,
  typography: 1, // quotes, dashes, currency signs ... where they belong
  typographyAstray: -1.5,
  typographyInWord: -2,
  symbol: -0.7,
  symbolInWord: -2,
} as const;

const TYPOGRAPHY = new Set("‘’“”„‚«»‹›–—…•€£¥¢§©®°·¿¡′″´×÷±¹²³½¼¾µ™№");
const IN_WORDS = new Set("’·´–—…");
const OPENING = new Set("“„‚«‹¿¡•");
const CLOSING = new Set("”»›™®");
const NO_BREAK_SPACE = 0xa0;
const SOFT_HYPHEN = 0xad; // many wrote it for a dash
const CJK = 0x2e80;
/** Letters to Unicode, signs to writers: accents set apart, the small a and o of ordinals (19.º), the florin. */
const SIGN_LETTERS = new Set("ˆ˜ˇ˘˙˚˛˝ªºƒ".split("").map((sign) => sign.charCodeAt(0)));
/** Words of one letter in languages written in Latin. */
const LETTER_WORDS = new Set("àáâåäæèéêíìîòóôöøùúÀÁÂÅÄÆÈÉÊÍÌÎÒÓÔÖØÙÚ".split("").map((letter) => letter.charCodeAt(0)));
const ORDINALS = new Set([0xaa, 0xba]);

/** Mean points of the characters beyond ASCII; 0 when there are none. */
export function plausibilityOf(text: string): number {
  const codes = Array.from(text, (character) => character.codePointAt(0)!);
  let points = 0;
  let count = 0;
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index]!;
    if (code < 0x80) continue;
    count++;
    points += pointsOf(code, codes[index - 1] ?? 0x20, codes[index + 1] ?? 0x20);
    if (isLetter(code) && isForeign(codes, index)) points += POINTS.foreign;
  }
  return count === 0 ? 0 : points / count;
}

function pointsOf(code: number, before: number, after: number): number {
  if (code === NO_BREAK_SPACE || code === SOFT_HYPHEN) return POINTS.typography;
  const kind = classOf(code) & KIND;
  if (SIGN_LETTERS.has(code)) return signLetterPoints(code, before, after);
  if (kind === OTHER) return code >= 0x200c && code <= 0x200f ? 0 : POINTS.undefined;
  if (code === 0xfffd) return POINTS.undefined;
  if (kind === LETTER || kind === IDEOGRAPH || kind === JOINED) return letterPoints(code, before, after);
  if (kind === MARK) return isWordPart(before) ? POINTS.mark : POINTS.markAlone;
  if (code >= 0x2500 && code < 0x25a0) return boxPoints(before, after);
  return symbolPoints(String.fromCodePoint(code), code, before, after);
}

function signLetterPoints(code: number, before: number, after: number): number {
  const isOrdinal = ORDINALS.has(code) && !isWordPart(after) && ((classOf(before) & KIND) === NUMBER || before === FULL_STOP);
  if (isOrdinal) return POINTS.typography;
  return isWordPart(before) || isWordPart(after) ? POINTS.symbolInWord : POINTS.symbol;
}

const FULL_STOP = 0x2e;
const NEARBY = 3;

/** No letter of its script is near, but Latin ones are. */
function isForeign(codes: readonly number[], index: number): boolean {
  const script = scriptOf(codes[index]!);
  if (script === "latin") return false;
  const near = codes.slice(Math.max(0, index - NEARBY), index + NEARBY + 1);
  const letters = near.filter((code, place) => place !== Math.min(index, NEARBY) && isLetter(code));
  return letters.length > 0 && letters.every((code) => code < 0x80);
}

function letterPoints(code: number, before: number, after: number): number {
  const script = scriptOf(code);
  const neighbours = [before, after].filter(isLetter);
  let points = POINTS.letter;
  if (neighbours.some((other) => isOther(scriptOf(other), script))) points += POINTS.mixedScripts;
  else if ((classOf(before) & LOWER && classOf(code) & UPPER) || (classOf(code) & LOWER && classOf(after) & UPPER))
    points += POINTS.mixedCase;
  if (script === "east" && neighbours.length === 2 && neighbours.every((other) => scriptOf(other) !== "east"))
    points += POINTS.mixedScripts;
  if (script !== "east" && !isWordPart(before) && !isWordPart(after) && !LETTER_WORDS.has(code)) points += POINTS.letterAlone;
  if ((classOf(before) & KIND) === NUMBER || (classOf(after) & KIND) === NUMBER) points += POINTS.letterByDigit;
  return points;
}

function boxPoints(before: number, after: number): number {
  if (isWordPart(before) || isWordPart(after)) return POINTS.boxInWord;
  return [before, after].some((code) => code >= 0x2500 && code < 0x25a0) ? POINTS.box : POINTS.boxInWord;
}

function symbolPoints(character: string, code: number, before: number, after: number): number {
  const [isBehind, isAhead] = [isWordPart(before), isWordPart(after)];
  if (code >= CJK) return (classOf(code) & KIND) === WHITE || code < 0x3100 || code >= 0xff00 ? POINTS.typography : POINTS.symbol;
  if (!TYPOGRAPHY.has(character)) return isBehind || isAhead ? POINTS.symbolInWord : POINTS.symbol;
  if (isBehind && isAhead) return IN_WORDS.has(character) ? POINTS.typography : POINTS.typographyInWord;
  return (isBehind && OPENING.has(character)) || (isAhead && CLOSING.has(character)) ? POINTS.typographyAstray : POINTS.typography;
}

function isLetter(code: number): boolean {
  const kind = classOf(code) & KIND;
  return kind === LETTER || kind === IDEOGRAPH || kind === JOINED;
}

const isWordPart = (code: number): boolean => isLetter(code) || (classOf(code) & KIND) === MARK;

/** Scripts that legacy encodings write, by their first code point; those of East Asia mix freely, also with Latin. */
const SCRIPTS: readonly (readonly [first: number, script: string])[] = [
  [0x1100, "east"],
  [0x0e80, "other"],
  [0x0e00, "thai"],
  [0x0700, "other"],
  [0x0600, "arabic"],
  [0x0590, "hebrew"],
  [0x0530, "armenian"],
  [0x0400, "cyrillic"],
  [0x0370, "greek"],
];

function scriptOf(code: number): string {
  if (code >= 0x1e00 && code < 0x1f00) return "latin";
  return SCRIPTS.find(([first]) => code >= first)?.[1] ?? "latin";
}

const isOther = (one: string, other: string): boolean => one !== other && one !== "east" && other !== "east";
