/** Text to its number of tokens: exact, and several times faster than encoding it. gpt-tokenizer stays the authority that tests compare with. */
import { piecePatternOf, type TokenizerName, tablePathOf } from "./encodings.js";
import { countMerged, SHORT_BYTES } from "./merge.js";
import { countMergedLong } from "./merge-long.js";
import { type MergeTable, readMergeTable } from "./merge-table.js";

export { TOKENIZERS, type TokenizerName } from "./encodings.js";

export interface TokenCounter {
  readonly name: TokenizerName;
  /** Tokens of the text; spelled special tokens are ordinary text, a lone surrogate counts as U+FFFD. */
  count(text: string): number;
}

/** Pieces that are looked up again soon: words. Longer ones are rare and would only fill the cache. */
const MAX_CACHED_UNITS = 24;
const MAX_CACHED_PIECES = 50_000; // about 5 MB

const counters = new Map<TokenizerName, TokenCounter>();

/** The counter of an encoding: its table is read once a process. Throws when the build has not made the table. */
export function tokenCounter(name: TokenizerName): TokenCounter {
  const made = counters.get(name) ?? makeCounter(name);
  counters.set(name, made);
  return made;
}

function makeCounter(name: TokenizerName): TokenCounter {
  const pattern = piecePatternOf(name);
  const countPiece = cached(pieceCounter(readMergeTable(tablePathOf(name))));
  const count = (text: string): number => {
    const whole = text.toWellFormed();
    let tokens = 0;
    for (let at = 0; at < whole.length; at = pattern.lastIndex) {
      pattern.lastIndex = at;
      // The patterns end in alternatives for every character; should one ever not match, the character is a piece of its own.
      if (!pattern.test(whole)) pattern.lastIndex = at + 1;
      tokens += countPiece(whole.slice(at, pattern.lastIndex));
    }
    return tokens;
  };
  return { name, count };
}

function pieceCounter(table: MergeTable): (piece: string) => number {
  const encoder = new TextEncoder();
  const short = new Uint8Array(SHORT_BYTES * 3);
  const unreachable = unreachableTokens(table.unreachable);
  return (piece) => {
    if (unreachable.has(piece)) return 1;
    const bytes = piece.length <= SHORT_BYTES ? short : new Uint8Array(piece.length * 3); // UTF-8 needs at most 3 bytes a UTF-16 unit
    const { written } = encoder.encodeInto(piece, bytes);
    return written <= SHORT_BYTES ? countMerged(table, bytes, written) : countMergedLong(table, bytes, written);
  };
}

/** The tokens that a piece may spell although no merge leads to them; those that are no whole UTF-8 can spell no piece. */
function unreachableTokens(flat: Int32Array): ReadonlySet<string> {
  const tokens = new Set<string>();
  for (let at = 0; at < flat.length; at += flat[at]! + 1) tokens.add(Buffer.from(flat.subarray(at + 1, at + 1 + flat[at]!)).toString());
  return tokens;
}

function cached(countPiece: (piece: string) => number): (piece: string) => number {
  let counts = new Map<string, number>();
  return (piece) => {
    if (piece.length > MAX_CACHED_UNITS) return countPiece(piece);
    const known = counts.get(piece);
    if (known !== undefined) return known;
    const tokens = countPiece(piece);
    if (counts.size >= MAX_CACHED_PIECES) counts = new Map();
    // A slice of 13 units or more would keep its whole document alive as a key: a copy does not.
    counts.set(Buffer.from(piece, "utf16le").toString("utf16le"), tokens);
    return tokens;
  };
}
