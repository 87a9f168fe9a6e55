/** Turns an encoding's published ranks (lines of base64 token and rank) into its merge table. */
import { type MergeTable, NONE, pairTableOf } from "./merge-table.js";
import { wholeTokensOf } from "./whole-tokens.js";

/** Builds the table of an encoding's ranks. Throws when merging cannot make all of its tokens. */
export function buildMergeTable(ranksFile: string): MergeTable {
  const ranks = parseRanks(ranksFile);
  return {
    byteIds: Int32Array.from({ length: 256 }, (_, byte) => rankOfByte(ranks, byte)),
    bytePairs: bytePairsOf(ranks),
    ...pairTableOf(mergesOf(ranks)),
    wholeTokens: wholeTokensOf(ranks.keys()),
  };
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

/**
 * One merge a token: while two parts stay whole, what is in them merges as it would alone, so whatever surrounds a token's bytes,
 * the last merge within them is always of the same two parts. Other splits into two tokens never come to stand side by side.
 * Triples (left, right, merged), flat.
 */
function mergesOf(ranks: Map<string, number>): number[] {
  const triples: number[] = [];
  for (const [token, rank] of ranks) {
    if (token.length === 1) continue;
    const [left, right, ...more] = partsBelow(ranks, token, rank);
    if (right === undefined || more.length > 0)
      throw new Error(`Merging never reaches token ${rank}: count it apart before using these ranks`);
    triples.push(ranks.get(left!)!, ranks.get(right)!, rank);
  }
  return triples;
}

/** What the bytes of a token merge into by the merges of a lower rank than `limit`. */
function partsBelow(ranks: Map<string, number>, token: string, limit: number): string[] {
  const parts = token.split("");
  const rankAt = (at: number): number => {
    const rank = at + 1 < parts.length ? ranks.get(parts[at]! + parts[at + 1]!) : undefined;
    return rank !== undefined && rank < limit ? rank : NONE;
  };
  const pairs = parts.map((_, at) => rankAt(at));
  for (let lowest = Math.min(...pairs); lowest !== NONE; lowest = Math.min(...pairs)) {
    const at = pairs.indexOf(lowest);
    parts.splice(at, 2, parts[at]! + parts[at + 1]!);
    pairs.splice(at, 1);
    pairs[at] = rankAt(at);
    if (at > 0) pairs[at - 1] = rankAt(at - 1);
  }
  return parts;
}
