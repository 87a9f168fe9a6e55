/** Is a card-shaped row of groups part of a table of numbers, or of a longer number? */
import { hasGroupAfter, hasGroupBefore, isBesideGroups, isJoined, runLength } from "../digit-groups.js";
import type { Runs } from "../subject.js";
import { textBefore } from "../surroundings.js";
import { type CardGroups, cardAt } from "./groups.js";

const GROUP = 4;
const LONGEST_ROW = 12; // of which so many groups are looked at
const GROUPS_OF_A_ROW = 3; // so many groups of four in the line above or below are a table's
const REACH = 24;
const LINE_BREAK = /^[ \t]*\r?\n[ \t]*$/;
const LONGEST_BREAK = 16;
/** The end of a line and the name of the next row, or the brackets of a matrix. */
const NAMED_BREAK = /^[^\d\n]{0,24}\n[^\d\n]{0,24}$/;
const LONGEST_NAMED_BREAK = 49;
const NEIGHBOURS = 2; // so many rows around it that are no cards make a table of a row

/** The expiry date and perhaps a security code, as a form's fields follow each other: 1227 123. */
const EXPIRY_AFTER = /^ (?:0[1-9]|1[0-2])[23]\d(?: \d{3})?(?! ?\d)/;
const EXPIRY_LENGTH = 12;
/** Bytes of a dump as text: groups of four with letters among the digits, or the offset in front. */
const DUMP_BEFORE = /(?:(?:^|\s)(?:(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{4}|[a-f]{4} [a-f]{4})|^(?:0x)?(?=[a-f]*\d)[0-9a-f]{6,16}:?)\s{1,2}$/im;
const DUMP_AFTER = /^\s{1,2}(?:(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{4}|[a-f]{4} [a-f]{4})(?![\p{L}\p{N}])/iu;

/** Groups go on beside it in the same rhythm and can be no second card: 4716 1089 9971 6531 8823. */
export function isInLongerRow(text: string, runs: Runs, card: CardGroups, followsACard: boolean): boolean {
  const left = !followsACard && isJoined(text, runs, card.first - 1, card.separator);
  const right = isJoined(text, runs, card.last, card.separator);
  if (!left && !right) return false;
  if (card.separator !== " ") return true;
  const start = runs.starts[card.first]!;
  const end = runs.ends[card.last]!;
  if (card.isLoose) return (left && hasGroupBefore(text, start)) || (right && hasGroupAfter(text, end));
  if (left && runLength(runs, card.first - 1) === GROUP && hasGroupBefore(text, start)) return true;
  if (EXPIRY_AFTER.test(text.slice(end, end + EXPIRY_LENGTH))) return false;
  return right && runLength(runs, card.last + 1) === GROUP && hasGroupAfter(text, end) && !isCard(text, runs, card.last + 1);
}

/** A number in a rare layout that begins behind one more group of four is the rest of a longer number: 6459 [1331 8416 1607 538]. */
export function goesOnFromFour(text: string, runs: Runs, { first, separator, isLoose }: CardGroups, followsACard: boolean): boolean {
  return isLoose && !followsACard && isJoined(text, runs, first - 1, separator) && runLength(runs, first - 1) === GROUP;
}

/** Four groups of a hexadecimal dump that happen to hold no letter. */
export function isInDump(text: string, start: number, end: number): boolean {
  return DUMP_BEFORE.test(textBefore(text, start, REACH)) || DUMP_AFTER.test(text.slice(end, end + REACH));
}

/** A number that goes on in the next line belongs together if the first line is a sentence and no row of numbers goes on around it. */
export function isWrappedSentence(text: string, runs: Runs, card: CardGroups): boolean {
  const start = runs.starts[card.first]!;
  if (isLineBreak(text, runs, card.first - 1) || isLineBreak(text, runs, card.last)) return false;
  return !isBesideGroups(text, start, runs.ends[card.last]!) && /\p{L}[^\n]*$/u.test(textBefore(text, start));
}

/** The line above or below holds groups of four too, and they are no card. */
export function isInColumns(text: string, runs: Runs, card: CardGroups, followsACard: boolean): boolean {
  if (card.separator !== " ") return false;
  const above = !followsACard && isLineBreak(text, runs, card.first - 1) && isRow(text, runs, card.first - GROUPS_OF_A_ROW);
  if (above) return true;
  if (rowsAbove(text, runs, card.first) + rowsBelow(text, runs, card.last) >= NEIGHBOURS) return true;
  return isLineBreak(text, runs, card.last) && isRow(text, runs, card.last + 1) && !isCard(text, runs, card.last + 1);
}

/** How many rows with names, which are no cards, stand directly above; no more than matter. */
function rowsAbove(text: string, runs: Runs, first: number): number {
  let rows = 0;
  for (let run = first; rows < NEIGHBOURS && isNamedBreak(text, runs, run - 1); rows++) {
    run = startOfRow(text, runs, run - 1);
    if (!isRow(text, runs, run) || isCard(text, runs, run)) break;
  }
  return rows;
}

function rowsBelow(text: string, runs: Runs, last: number): number {
  let rows = 0;
  for (let run = last; rows < NEIGHBOURS && isNamedBreak(text, runs, run); rows++) {
    if (!isRow(text, runs, run + 1) || isCard(text, runs, run + 1)) break;
    run = endOfRow(text, runs, run + 1);
  }
  return rows;
}

function startOfRow(text: string, runs: Runs, last: number): number {
  let run = last;
  while (last - run < LONGEST_ROW && isJoined(text, runs, run - 1, " ")) run--;
  return run;
}

function endOfRow(text: string, runs: Runs, first: number): number {
  let run = first;
  while (run - first < LONGEST_ROW && isJoined(text, runs, run, " ")) run++;
  return run;
}

function isNamedBreak(text: string, runs: Runs, run: number): boolean {
  if (run < 0 || run + 1 >= runs.count) return false;
  const from = runs.ends[run]!;
  return runs.starts[run + 1]! - from <= LONGEST_NAMED_BREAK && NAMED_BREAK.test(text.slice(from, runs.starts[run + 1]!));
}

/** A card begins with this run, and it is in one line. */
const isCard = (text: string, runs: Runs, first: number): boolean => cardAt(text, runs, first)?.isWrapped === false;

function isRow(text: string, runs: Runs, first: number): boolean {
  if (first < 0 || first + GROUPS_OF_A_ROW > runs.count) return false;
  for (let run = first; run < first + GROUPS_OF_A_ROW; run++) {
    if (runLength(runs, run) !== GROUP) return false;
    if (run > first && !isJoined(text, runs, run - 1, " ")) return false;
  }
  return true;
}

/** Nothing but a line break stands between a run and the next. */
function isLineBreak(text: string, runs: Runs, run: number): boolean {
  if (run < 0 || run + 1 >= runs.count) return false;
  const from = runs.ends[run]!;
  return runs.starts[run + 1]! - from <= LONGEST_BREAK && LINE_BREAK.test(text.slice(from, runs.starts[run + 1]!));
}
