/** Turns an encoding's published ranks (lines of base64 token and rank) into its merge table. */
import { countMerged, SHORT_BYTES } from "./merge.js";
import { countMergedLong } from "./merge-long.js";
import { addMerge, type MergeTable, NONE } from "./merge-table.js";

/** Builds the table: every split of every token whose two halves are tokens is a merge of that rank. */
export function buildMergeTable(ranksFile: string): MergeTable {
  const ranks = parseRanks(ranksFile);
  const table: MergeTable = {
    byteIds: Int32Array.from({ length: 256 }, (_, byte) => rankOfByte(ranks, byte)),
    bytePairs: bytePairsOf(ranks),
    slots: slotsOf(mergesOf(ranks)),
    unreachable: new Int32Array(0),
  };
  return { ...table, unreachable: unreachableOf(table, ranks.keys()) };
}

/** Token (each byte as one character) -> rank. */
function parseRanks(ranksFile: string): Map<string, number> {
  const ranks = new Map<string, number>();
  for (const line of ranksFile.split("\n")) {
    const [token, rank] = line.split(" ");
    if (token !== undefined && rank !== undefined) ranks.set(Buffer.from(token, "base64").toString("latin1"), Number(rank));
  }
  return ranks;
}

function rankOfByte(ranks: Map<string, number>, byte: number): number {
  const rank = ranks.get(String.fromCharCode(byte));
  if (rank === undefined) throw new Error(`The ranks have no token for byte ${byte}: is the file of gpt-tokenizer complete?`);
  return rank;
}

function bytePairsOf(ranks: Map<string, number>): Int32Array {
  return Int32Array.from({ length: 256 * 256 }, (_, pair) => ranks.get(String.fromCharCode(pair >> 8, pair & 255)) ?? NONE);
}

/** Triples (left, right, merged), flat. */
function mergesOf(ranks: Map<string, number>): number[] {
  const merges: number[] = [];
  for (const [token, merged] of ranks) {
    for (let at = 1; at < token.length; at++) {
      const left = ranks.get(token.slice(0, at));
      const right = left === undefined ? undefined : ranks.get(token.slice(at));
      if (left !== undefined && right !== undefined) merges.push(left, right, merged);
    }
  }
  return merges;
}

function slotsOf(merges: readonly number[]): Int32Array {
  const pairs = merges.length / 3;
  const slots = new Int32Array(2 * 2 ** Math.ceil(Math.log2(pairs * 1.6))).fill(-1); // at most 5/8 full
  for (let i = 0; i < merges.length; i += 3) addMerge(slots, merges[i]!, merges[i + 1]!, merges[i + 2]!);
  return slots;
}

function unreachableOf(table: MergeTable, tokens: Iterable<string>): Int32Array {
  const unreachable: number[] = [];
  for (const token of tokens) {
    const bytes = Buffer.from(token, "latin1");
    const count = bytes.length > SHORT_BYTES ? countMergedLong(table, bytes, bytes.length) : countMerged(table, bytes, bytes.length);
    if (count !== 1) unreachable.push(bytes.length, ...bytes);
  }
  return Int32Array.from(unreachable);
}
