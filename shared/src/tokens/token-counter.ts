/** Exact token counts, as gpt-tokenizer's ranks and pattern give them, at a multiple of its speed. Special tokens' names are plain text. */
import { CountedText } from "./counted-text.js";
import { TOKENIZERS, type TokenizerName } from "./encodings.js";
import { readMergeTable } from "./merge-table.js";
import { PieceCounter } from "./piece-counter.js";
import { type PieceScanner, scanCl100k, scanO200k } from "./piece-scanner.js";
import { Scratch } from "./scratch.js";
import { tablePathOf } from "./table-files.js";

export type { CountedText } from "./counted-text.js";
export { TOKENIZERS, type TokenizerName };

export interface TokenCounter {
  readonly name: TokenizerName;
  /** Tokens of the text. A lone surrogate counts as U+FFFD, which is what it is stored as. */
  count(text: string): number;
  /** The text's pieces with running counts, in arrays that the next call to `countPieces` of this counter writes over. */
  countPieces(text: string): CountedText;
}

const SCANNERS: Record<TokenizerName, PieceScanner> = { o200k_base: scanO200k, cl100k_base: scanCl100k };

const counters = new Map<TokenizerName, TokenCounter>();

/** The counter of an encoding: its table is read once a process. Throws when the build has not made the table. */
export function tokenCounter(name: TokenizerName): TokenCounter {
  const counter = counters.get(name) ?? createCounter(name);
  counters.set(name, counter);
  return counter;
}

function createCounter(name: TokenizerName): TokenCounter {
  const scan = SCANNERS[name];
  const pieceCounter = new PieceCounter(readMergeTable(tablePathOf(name)));
  const forCount = new Scratch();
  const forPieces = new Scratch();
  return {
    name,
    count(text) {
      const written = forCount.unitsOf(text);
      const { units } = written;
      let tokens = 0;
      for (let at = 0; at < text.length; ) {
        const end = scan(units, at, text.length);
        tokens += pieceCounter.count(written, at, end);
        at = end;
      }
      return tokens;
    },
    countPieces(text) {
      return new CountedText(forPieces.unitsOf(text), text.length, forPieces.arraysFor(text.length), scan, pieceCounter);
    },
  };
}
