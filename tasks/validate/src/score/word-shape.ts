/** Whether words look like words: what OCR errors, mojibake, shouting, keys and random strings break first. */
import { GLUED, HAS_LETTER, HAS_LOWER, HAS_NUMBER, LATER_UPPER, PIECE, type Scan } from "@pipeline/shared/text/scan";
import { between, type ScoredChunk } from "./components.js";

const BAD_SHARE = 0.25; // one broken word in four leaves nothing to read
const SHOUTED_SHARE = 0.6; // of letters with case; prose has 3 to 6 per cent of capitals, titles up to 20
const NORMAL_UPPER_SHARE = 0.2;
const SHOUTING_COST = 0.7;
/** Six consonants in a row are rare in every language written in Latin letters, even in German; random letters have them often. */
const UNPRONOUNCEABLE = /[bcdfghjklmnpqrstvwxz]{6}/gi;
/** Words of what is a vowel in no language (r, l, w and y are in some: krk, vlk, cwm); abbreviations are written in capitals or end with a full stop. */
const VOWELLESS = /(?<![\p{L}\p{M}\p{N}'’.])[bcdfghjkmnpqstvxz]{3,5}(?![\p{L}\p{M}\p{N}'’.])/gu;

/** 1 when every word is whole and in normal case; scripts without case or spaces lose nothing by that. */
export function wordShape({ text, scan }: ScoredChunk): number {
  if (scan.stored === 0) return 0;
  const broken = brokenWords(scan) + countOf(text, UNPRONOUNCEABLE) + countOf(text, VOWELLESS);
  const upperShare = scan.upper / Math.max(1, scan.upper + scan.lower);
  const calm = 1 - SHOUTING_COST * between(upperShare, NORMAL_UPPER_SHARE, SHOUTED_SHARE);
  return between(broken / scan.stored, BAD_SHARE, 0) * calm;
}

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Words with symbols, digits or capitals inside: a long word is none, Greenlandic has many. */
function brokenWords({ flags, stored }: Scan): number {
  let broken = 0;
  for (let word = 0; word < stored; word++) {
    const flag = flags[word]!;
    const isMixed = (flag & HAS_LETTER && flag & HAS_NUMBER) || (flag & LATER_UPPER && flag & HAS_LOWER);
    if (flag & GLUED || (isMixed && !(flag & PIECE))) broken++;
  }
  return broken;
}
