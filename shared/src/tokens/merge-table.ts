/** The merge table of an encoding: two tokens side by side -> the token that they merge into, as flat integers that load in milliseconds. */
import { readFileSync } from "node:fs";

const MAGIC = 0x4b544d31;
/** Raise it when the layout or the hash below changes: tables of another format are built anew. */
const FORMAT = 5;
const HEADER_INTS = 16;
const DIGEST_INTS = 8;
const BYTES = 256;
const FILTER_INTS = 1 << 15;

/** No such token, no such merge; larger than every rank, so that it loses each comparison for the lowest. */
export const NONE = 0x7fffffff;

export interface MergeTable {
  /** Token of each byte. */
  readonly byteIds: Int32Array;
  /** Token that two bytes merge into, at `first << 8 | second`: most pieces start with such merges. */
  readonly bytePairs: Int32Array;
  /** A bit for the hash of each pair that merges: most of those that do not are told by 128 KB near at hand. */
  readonly filter: Int32Array;
  /** Open addressing, two integers a slot: (left, right) and their merge in 54 bits, or -1 -1. */
  readonly slots: Int32Array;
  /** The set of short Latin tokens that `isWholeToken` looks into. */
  readonly wholeTokens: Int32Array;
}

function hashOfPair(left: number, right: number): number {
  const hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

// A token number has 18 bits (o200k_base: up to 199,997). First integer: left, low 14 bits of right; second: high 4 bits of right, merge.
const TOKEN_BITS = 18;
const LOW_BITS = 32 - TOKEN_BITS;
const HIGH_BITS = TOKEN_BITS - LOW_BITS;
const HIGH_MASK = (1 << HIGH_BITS) - 1;

/** The token that `left` and `right` merge into, which is also the rank of that merge, or NONE. */
export function mergeOf({ filter, slots }: Pick<MergeTable, "filter" | "slots">, left: number, right: number): number {
  const hash = hashOfPair(left, right);
  if ((filter[(hash >>> 5) & (FILTER_INTS - 1)]! & (1 << hash)) === 0) return NONE;
  const mask = slots.length - 2;
  const first = left | (right << TOKEN_BITS);
  const high = right >>> LOW_BITS;
  for (let at = (hash << 1) & mask; ; at = (at + 2) & mask) {
    const second = slots[at + 1]!;
    if (second === -1) return NONE;
    if (slots[at] === first && (second & HIGH_MASK) === high) return second >>> HIGH_BITS;
  }
}

/** What `mergeOf` looks into, for triples (left, right, merged), flat. */
export function pairTableOf(merges: readonly number[]): Pick<MergeTable, "filter" | "slots"> {
  const pairs = merges.length / 3;
  const filter = new Int32Array(FILTER_INTS);
  const slots = new Int32Array(2 * 2 ** Math.ceil(Math.log2(pairs * 1.6))).fill(-1); // at most 5/8 full
  const mask = slots.length - 2;
  for (let i = 0; i < merges.length; i += 3) {
    const [left, right, merged] = merges.slice(i, i + 3) as [number, number, number];
    const hash = hashOfPair(left, right);
    filter[(hash >>> 5) & (FILTER_INTS - 1)]! |= 1 << hash;
    let at = (hash << 1) & mask;
    while (slots[at + 1] !== -1) at = (at + 2) & mask;
    slots[at] = left | (right << TOKEN_BITS);
    slots[at + 1] = (right >>> LOW_BITS) | (merged << HIGH_BITS);
  }
  return { filter, slots };
}

/** The file form; `digest` (sha256 of the source ranks) tells whether it is up to date. */
export function encodeMergeTable(table: MergeTable, digest: Buffer): Buffer {
  const header = new Int32Array(HEADER_INTS);
  header.set([MAGIC, FORMAT, table.slots.length, table.wholeTokens.length]);
  header.set(new Int32Array(new Uint8Array(digest).buffer), HEADER_INTS - DIGEST_INTS);
  const parts = [header, table.byteIds, table.bytePairs, table.filter, table.slots, table.wholeTokens];
  return Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)));
}

/** Whether the first bytes of a file are those of a table in the present format, built from ranks of that digest. */
export function isCurrent(head: Buffer, digest: Buffer): boolean {
  if (head.length < HEADER_INTS * 4) return false;
  const isFormat = head.readInt32LE(0) === MAGIC && head.readInt32LE(4) === FORMAT;
  return isFormat && head.subarray((HEADER_INTS - DIGEST_INTS) * 4, HEADER_INTS * 4).equals(digest);
}

/** Reads the file that `encodeMergeTable` gave. */
export function readMergeTable(path: string | URL): MergeTable {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new Error(`No token table at ${path}: run "npm run build", which makes it from gpt-tokenizer's ranks`, { cause });
  }
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const ints = new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
  if (ints[0] !== MAGIC || ints[1] !== FORMAT) throw new Error(`${path} is no token table of this version: run "npm run build"`);
  let at = HEADER_INTS;
  const take = (length: number): Int32Array => {
    at += length;
    return ints.subarray(at - length, at);
  };
  return {
    byteIds: take(BYTES),
    bytePairs: take(BYTES * BYTES),
    filter: take(FILTER_INTS),
    slots: take(ints[2]!),
    wholeTokens: take(ints[3]!),
  };
}
