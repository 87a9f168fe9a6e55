/** eld's model as flat arrays: how much each n-gram speaks for each language, found without making a string or an object. */
import { readFileSync } from "node:fs";
import { LANGUAGE_TABLE } from "./table-file.js";

export interface LanguageTable extends Names {
  /** Open addressing, SLOT integers each: the packed n-gram's two, and where its votes start << COUNT_BITS | how many; 0 in an empty slot. */
  readonly slots: Int32Array;
  /** A language's index << SCORE_BITS | its score without BASE_SCORE. */
  readonly votes: Uint16Array;
}

/** What of eld's model is no array. */
interface Names {
  /** ISO 639-1 codes. */
  readonly codes: readonly string[];
  /** The score that a text in each language has on average. */
  readonly averages: readonly number[];
  /** Source of the expression that parts words. */
  readonly separators: string;
  /** A Latin character for each byte of UTF-8. */
  readonly letters: string;
}

export const SLOT = 3;
export const COUNT_BITS = 5;
export const SCORE_BITS = 8;
/** What eld takes from every score to make its files smaller. */
const BASE_SCORE = 53;

/** In front of the arrays, so many bytes: the names and the arrays' lengths as JSON. */
const HEADER_BYTES = 1 << 14;
type Header = Names & { readonly slots: number; readonly votes: number };

/** Where the search for an n-gram starts, in slots, of which there are so many (a power of two). */
export function homeSlot(first: number, second: number, slots: number): number {
  const hash = Math.imul(first ^ Math.imul(second, 0x9e3779b1), 0x85ebca6b);
  return (hash ^ (hash >>> 15)) & (slots - 1);
}

/** Adds an n-gram's votes to the scores of all languages; nothing for one that the model does not know. */
export function addVotes({ slots, votes }: LanguageTable, first: number, second: number, scores: Int32Array): void {
  const count = slots.length / SLOT;
  let slot = homeSlot(first, second, count);
  while (slots[slot * SLOT + 2] !== 0 && (slots[slot * SLOT] !== first || slots[slot * SLOT + 1] !== second))
    slot = (slot + 1) & (count - 1);
  const entry = slots[slot * SLOT + 2]!;
  const start = entry >> COUNT_BITS;
  const end = start + (entry & ((1 << COUNT_BITS) - 1));
  for (let at = start; at < end; at++) scores[votes[at]! >> SCORE_BITS]! += (votes[at]! & ((1 << SCORE_BITS) - 1)) + BASE_SCORE;
}

export function encodeLanguageTable({ slots, votes, ...names }: LanguageTable): Buffer {
  const header: Header = { ...names, slots: slots.length, votes: votes.length };
  const head = Buffer.alloc(HEADER_BYTES, " ");
  if (Buffer.byteLength(JSON.stringify(header)) > HEADER_BYTES) throw new Error("the names of the languages do not fit the table's header");
  head.write(JSON.stringify(header));
  return Buffer.concat([head, Buffer.from(slots.buffer), Buffer.from(votes.buffer)]);
}

/** Reads the table that the build has made; throws when it has not. */
export function readLanguageTable(): LanguageTable {
  const file = readFileSync(LANGUAGE_TABLE); // too large for Node's pool of small buffers, so it starts where its memory does
  const { slots, votes, ...names } = JSON.parse(file.toString("utf8", 0, HEADER_BYTES)) as Header;
  const start = file.byteOffset + HEADER_BYTES;
  return {
    ...names,
    slots: new Int32Array(file.buffer, start, slots),
    votes: new Uint16Array(file.buffer, start + slots * Int32Array.BYTES_PER_ELEMENT, votes),
  };
}
