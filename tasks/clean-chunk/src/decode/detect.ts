/** A guess at the encoding of bytes that are not Unicode, and how much to trust it. */

import iconv from "iconv-lite";
import { detectAll } from "jschardet";
import { languageLikeness } from "../language/language.js";
import { strangeLetters } from "./alphabets.js";
import { declaredName } from "./declared.js";
import { plausibilityOf } from "./plausibility.js";

export interface Guess {
  readonly encoding: string;
  /** How often such a guess is right: 0.5 when another encoding is as likely, near 1 when it is far ahead. */
  readonly confidence: number;
  /** The document itself names this encoding, and nothing speaks against it. */
  readonly isDeclared: boolean;
}

interface Candidate {
  readonly encoding: string;
  readonly text: string;
  readonly plausibility: number;
  readonly score: number;
}

/**
 * The likeliest encoding: the detector's statistics, what the text looks like when it is decoded so, how common the encoding is, and
 * what the document says of itself, which programs that copy it into other encodings leave as it was.
 */
export function detectEncoding(bytes: Buffer): Guess {
  const sample = tellingPart(bytes);
  const declared = nameOf(declaredName(bytes));
  if (declared === null && isWesternTypography(sample))
    return { encoding: "windows-1252", confidence: TYPOGRAPHY_CONFIDENCE, isDeclared: false };
  const weight = LANGUAGE_WEIGHT * Math.min(1, differentPairs(sample) / ENOUGH_BYTES);
  const [best, ...others] = [...withLanguage(candidatesOf(sample, declared), weight)].sort((a, b) => b.score - a.score);
  const rival = others.find(({ text }) => text !== best!.text);
  const lead = rival ? best!.score - rival.score : Number.POSITIVE_INFINITY;
  const trust = Math.min(1, Math.max(0, 1 + best!.plausibility / 2)); // the best of bad readings is no good one
  const confidence = Math.round((1 - Math.exp(-LEAD_WEIGHT * lead) / 2) * trust * 1000) / 1000;
  return { encoding: best!.encoding, confidence, isDeclared: best!.encoding === declared };
}

/** The readings that are not far behind, which what stands in them beside each other tells apart: në is Albanian, nė no language's. */
function withLanguage(candidates: readonly Candidate[], weight: number): readonly Candidate[] {
  const top = candidates.reduce((best, candidate) => (candidate.score > best.score ? candidate : best));
  if (OF_TWO_BYTES.test(top.encoding)) return candidates;
  return candidates.map((candidate) => {
    if (candidate.score < top.score - LANGUAGE_REACH) return candidate;
    return { ...candidate, score: candidate.score + weight * languageLikeness(candidate.text.slice(0, PLAUSIBLE_BYTES)) };
  });
}

/** Their characters tell scripts apart better than letters in sequence could. */
const OF_TWO_BYTES = /^(?:shift_jis|euc-|gb|big5)/;

/** How many different bytes beyond ASCII there are, each with what stands before it: one sign said often tells no more than once. */
function differentPairs(sample: Buffer): number {
  if (sample.length < 2) return sample.length;
  const pairs = new Set<number>();
  for (let at = 0; at < sample.length; at++) if (sample[at]! >= 0x80) pairs.add(sample.readUInt16BE(Math.max(0, at - 1)));
  return pairs.size;
}

/** Quotes, dashes and the like, as all encodings of Windows have them, each where a writer puts it: no statistics could add to that. */
function isWesternTypography(sample: Buffer): boolean {
  if (!/^[\x00-\x7f\x85\x91-\x97\x99\xa0\xa9\xae]*$/.test(sample.toString("latin1"))) return false;
  const text = iconv.decode(sample, "windows-1252").replaceAll("\xa0", " ");
  return oddityOf(text) === 0 && plausibilityOf(text) >= WELL_PLACED;
}

/** Behind a dash no word of one letter but these begins: persecuci—n is Spanish from a Macintosh. */
const LETTER_FOR_DASH = /\p{Ll}[–—](?![aeiou])\p{Ll}(?!\p{L})/gu;

/** A capital in the middle of a Cyrillic word that begins with none: установЯване, Bulgarian from a Macintosh. */
const CAPITAL_INSIDE = /(?<!\p{L})[\u0430-\u045f]+[\u0400-\u042f](?=[\u0430-\u045f])/gu;
/** A quote that opens before a small Cyrillic letter and never closes stands for a capital: ‚секи. */
const CAPITAL_FOR_QUOTE = /(?<!\p{L})[‚‘“„…†‡€‰][\u0430-\u045f]+(?![^\n]{0,200}[’”“‘])/gu;
/** Dots where a word ends and its sentence goes on: dignit… is Italian from DOS. */
const LETTER_FOR_DOTS = /\p{Ll}…(?= \p{Ll}|[,;.])/gu;
const ODDITIES = [LETTER_FOR_DASH, CAPITAL_INSIDE, CAPITAL_FOR_QUOTE, LETTER_FOR_DOTS];

const TYPOGRAPHY_CONFIDENCE = 0.95;
const WELL_PLACED = 0.7;
const LANGUAGE_WEIGHT = 20; // a wrong letter in ten words costs about 0.1 of likeness
const LANGUAGE_REACH = 4;
const LEAD_WEIGHT = 1.5; // with it confidences agree with how many guesses of their size were right
const TELLING_BYTES = 1024;
const PLAUSIBLE_BYTES = 768;
const CONTEXT_WORDS = 2;
const SPACE = 0x20;
const LINE_FEED = 0x0a;

/** Bytes beyond ASCII with the words beside them: the rest of a long English mail only hides what one Polish name in it says. */
function tellingPart(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let total = 0;
  for (let index = 0; index < bytes.length && total < TELLING_BYTES; index++) {
    if (bytes[index]! < 0x80) continue;
    const start = borderBefore(bytes, index, index - TELLING_BYTES);
    const end = Math.min(borderAfter(bytes, index), index + TELLING_BYTES);
    parts.push(bytes.subarray(start, end), Buffer.from(" "));
    total += end - start;
    index = end;
  }
  return withoutTags(Buffer.concat(parts));
}

/** Tags tell nothing of the language, and the detector would believe what they say of the encoding. */
function withoutTags(sample: Buffer): Buffer {
  return Buffer.from(sample.toString("latin1").replace(/<[^<>\x80-\xff]*>/g, " "), "latin1");
}

function borderBefore(bytes: Buffer, index: number, limit: number): number {
  let spaces = 0;
  let start = index;
  for (; start > 0 && start > limit; start--) {
    const byte = bytes[start - 1]!;
    if (byte === LINE_FEED || (byte === SPACE && ++spaces > CONTEXT_WORDS)) break;
  }
  return start;
}

function borderAfter(bytes: Buffer, index: number): number {
  let spaces = 0;
  let end = index + 1;
  for (; end < bytes.length && end < index + TELLING_BYTES; end++) {
    const byte = bytes[end]!;
    if (byte >= 0x80) spaces = 0;
    if (byte === LINE_FEED || (byte === SPACE && ++spaces > CONTEXT_WORDS)) break;
  }
  return end;
}

/** What hardly ever happens in a right reading, so that once says much and more often says little more. */
function oddityOf(text: string): number {
  const count = strangeLetters(text) + ODDITIES.reduce((sum, oddity) => sum + (text.match(oddity)?.length ?? 0), 0);
  return Math.min(ODDEST, ODD * count);
}

const MOST_CANDIDATES = 16;
/** Always asked, because the detector does not think of them when it sees only a word. */
const ALWAYS = ["windows-1252", "shift_jis", "euc-jp", "euc-kr", "gb18030", "big5"];
/** Not built on ASCII, or unknown to iconv-lite, or hardly ever met: asking for them takes half of the detector's time. */
const NOT_ASKED = [
  ...["cp1026", "cp1140", "cp273", "cp424", "cp500", "cp875"],
  ...["johab", "kz-1048", "cp1006", "ptcp154", "cp720", "hp-roman8", "koi8-t", "cp856"],
];
const UNKNOWN_SCORE = 0.01;
const SCORE_FLOOR = 0.03;
const ENOUGH_BYTES = 10; // from so many bytes beyond ASCII on the detector's statistics count in full
const STATISTICS_WEIGHT = 4;

const ODD = 0.6;
const ODDEST = 2;
const DECLARED_BONUS = 2;

function candidatesOf(sample: Buffer, declared: string | null): Candidate[] {
  const scores = new Map<string, number>();
  for (const { encoding, confidence } of detectAll(sample, { minimumThreshold: 0, excludeEncodings: NOT_ASKED })) {
    const name = nameOf(encoding);
    if (name !== null && !scores.has(name) && scores.size < MOST_CANDIDATES) scores.set(name, confidence);
  }
  for (const name of declared === null ? ALWAYS : [...ALWAYS, declared]) if (!scores.has(name)) scores.set(name, UNKNOWN_SCORE);
  const beyondAscii = sample.reduce((count, byte) => (byte >= 0x80 ? count + 1 : count), 0);
  const weight = 1 + STATISTICS_WEIGHT * Math.min(1, beyondAscii / ENOUGH_BYTES);
  return Array.from(scores, ([encoding, confidence]) => {
    const text = iconv.decode(sample, encoding);
    const head = text.slice(0, PLAUSIBLE_BYTES);
    const plausibility = plausibilityOf(head) - oddityOf(head);
    const prior = commonnessOf(encoding, beyondAscii) + (encoding === declared ? DECLARED_BONUS : 0);
    return { encoding, text, plausibility, score: weight * Math.log(confidence + SCORE_FLOOR) + plausibility + prior };
  });
}

/** How common encodings are among files, on the scale of plausibility; and how much more that counts when hardly a byte tells anything. */
const COMMONNESS: readonly (readonly [names: RegExp, commonness: number, doubt: number])[] = [
  [/^windows-1252$/, 0.25, 0],
  [/^(?:windows-|koi8-[ru])/, 0.15, 0.25],
  [OF_TWO_BYTES, 0.15, 3], // a character of theirs takes two bytes
  [/^iso-8859-(?:15|2|5|7|9|13)$/, 0.1, 0.15],
  [/^(?:mac|cp437|cp850|cp852|cp866)/, 0, 0.7],
  [/^iso-8859/, 0, 0.7],
];
const RARE = [-0.25, 2.5] as const;

function commonnessOf(encoding: string, beyondAscii: number): number {
  const [, commonness, doubt] = COMMONNESS.find(([names]) => names.test(encoding)) ?? ["", ...RARE];
  return commonness - doubt / Math.max(1, beyondAscii);
}

/** Names of the detector that iconv-lite spells otherwise, or that mean a part of a larger encoding. */
const NAMES: Readonly<Record<string, string>> = {
  ascii: "windows-1252",
  "iso-8859-1": "windows-1252",
  latin1: "windows-1252",
  "iso-8859-8-i": "iso-8859-8",
  "x-sjis": "shift_jis",
  "ks_c_5601-1987": "euc-kr",
  "x-mac-roman": "macintosh",
  "x-mac-cyrillic": "maccyrillic",
  "utf-16-le": "utf-16le",
  "utf-16-be": "utf-16be",
  "utf-32-le": "utf-32le",
  "utf-32-be": "utf-32be",
  cp932: "shift_jis",
  shift_jis_2004: "shift_jis",
  "euc-jis-2004": "euc-jp",
  big5hkscs: "big5-hkscs",
  cp949: "euc-kr",
  cp874: "windows-874",
  "mac-roman": "macintosh",
  macroman: "macintosh",
  "mac-cyrillic": "maccyrillic",
  "mac-greek": "macgreek",
  "mac-turkish": "macturkish",
  "mac-latin2": "maccenteuro",
  maclatin2: "maccenteuro",
  "mac-iceland": "maciceland",
};

function nameOf(encoding: string | null): string | null {
  if (encoding === null) return null;
  const lower = encoding.toLowerCase();
  const dashed = lower.replace(/^iso8859-/, "iso-8859-").replace(/^ibm(\d)/, "cp$1");
  const name = NAMES[dashed] ?? dashed;
  return iconv.encodingExists(name) ? name : null;
}
