/** Adds clause ends and wrapped lines' ends within long sentences, and words within clauses too long for one chunk. */
import type { CountedText } from "@pipeline/shared/tokens/token-counter";
import { tableOf } from "../unit-table.js";
import { type Borders, CLAUSE, NUMBER, WORD, WRAP } from "./borders.js";
import { isCloser, isDigit, isSoutheastAsian, isWhite, LINE_FEED, skipWhite } from "./characters.js";
import { CountedBorders } from "./counted-borders.js";

/** Sentences of up to this share of the budget stay whole unless they alone exceed it. */
const SHARE_FOR_CLAUSES = 1 / 4;
/** How many borders are kept for a budget where every word is one: more would cost time and gain less than a hundredth of fill. */
const WORDS_A_BUDGET = 64;
/** A rough count is at most so much below the exact one, seldom more. */
const ROUGHNESS = 8;
/** A space between two numbers is taken when the next better border is that many times farther than usual. */
const PATIENCE = 3;

const CLAUSE_MARKS = tableOf(",;:)—–");
/** Clause marks that need no space behind them. */
const TIGHT_CLAUSE_MARKS = tableOf("、，；：،؛፣፤፥၊༔꧈");

/** The borders given, counted, and those in between that a budget of `maxTokens` may need. */
export function refineBorders(borders: Borders, counted: CountedText, maxTokens: number): CountedBorders {
  const limit = maxTokens * SHARE_FOR_CLAUSES;
  const { ends, starts, ranks, length } = borders;
  const refined = new CountedBorders(counted, ends[length - 1] ?? 0, length + (length >> 1)); // with clauses
  let piece = 0;
  for (let index = 0; index < length; index++) {
    const end = ends[index]!;
    const start = index === 0 ? end : starts[index - 1]!;
    if (end - start > limit) {
      piece = counted.advance(piece, start);
      const before = counted.totalBefore(piece);
      piece = counted.advance(piece, end);
      if (counted.totalBefore(piece) - before > limit) addClauses(refined, counted, start, end, maxTokens);
    }
    refined.add(end, starts[index]!, ranks[index]!);
  }
  return refined;
}

/** Without the piece that `position` cuts, if it cuts one: enough to tell where more borders are needed. */
function roughTokensBefore(counted: CountedText, position: number): number {
  return counted.totalBefore(counted.pieceAt(position));
}

function addClauses(borders: CountedBorders, counted: CountedText, from: number, to: number, maxTokens: number): void {
  const { units } = counted;
  let start = from;
  for (let at = from + 1; at < to; at++) {
    const mark = units[at - 1]!;
    const isTight = TIGHT_CLAUSE_MARKS[mark] === 1 && !isDigit(units[at]!) && !isCloser(units[at]!);
    if (!isTight && !isWhite(units[at]!)) continue;
    const next = skipWhite(units, at, to);
    const isClause = isTight || isClauseEnd(units, at, next) || isPhraseEnd(units, at, next);
    if (isClause || isLineEnd(units, at, next)) {
      addWords(borders, counted, start, at, maxTokens);
      borders.add(at, next, isClause ? CLAUSE : WRAP);
      start = next;
    }
    at = next;
  }
  addWords(borders, counted, start, to, maxTokens);
}

/** A mark and a space that are not within a date or a telephone number: "May 3, 1999", "(555) 0199". */
function isClauseEnd(units: Uint16Array, end: number, start: number): boolean {
  return CLAUSE_MARKS[units[end - 1]!] === 1 && !(isDigit(units[start]!) && isDigit(units[end - 2]!));
}

/** A space of Thai and its like. */
const isPhraseEnd = (units: Uint16Array, end: number, start: number): boolean =>
  isSoutheastAsian(units[end - 1]!) && isSoutheastAsian(units[start]!);

function isLineEnd(units: Uint16Array, end: number, start: number): boolean {
  for (let at = end; at < start; at++) if (units[at] === LINE_FEED) return true;
  return false;
}

/** Spaces of [from, to) at even distances, when that is too long for one chunk. */
function addWords(borders: CountedBorders, counted: CountedText, from: number, to: number, maxTokens: number): void {
  if (to - from <= maxTokens || roughTokensBefore(counted, to) - roughTokensBefore(counted, from) + ROUGHNESS < maxTokens) return;
  const { units } = counted;
  const stride = Math.max(1, Math.floor(maxTokens / WORDS_A_BUDGET));
  let tokens = roughTokensBefore(counted, from);
  for (let at = from; at < to; at++) {
    if (!isWhite(units[at]!)) continue;
    const next = skipWhite(units, at, to);
    const distance = roughTokensBefore(counted, at) - tokens;
    const isNumber = isDigit(units[at - 1]!) && isDigit(units[next]!);
    if (distance >= (isNumber ? stride * PATIENCE : stride)) {
      borders.add(at, next, isNumber ? NUMBER : WORD);
      tokens += distance;
    }
    at = next;
  }
}

/** Every space of a text. */
export function everyWord(counted: CountedText): CountedBorders {
  const { units, length } = counted;
  const borders = new CountedBorders(counted, length, counted.pieces);
  for (let at = skipWhite(units, 0, length), end = at; ; ) {
    borders.add(end, at, WORD);
    if (at === length) return borders;
    end = at;
    while (end < length && !isWhite(units[end]!)) end++;
    at = skipWhite(units, end, length);
  }
}
