/** Lets each chunk begin with the last sentences, or else words, of the one before. */
import type { CountedText, TokenCounter } from "@pipeline/shared/tokens/token-counter";
import type { Chunk } from "./chunk.js";
import { CountedBorders } from "./counted-borders.js";
import { findBorders } from "./find-borders.js";
import { everyWord } from "./refine-borders.js";

/** The chunks with as much overlap as fits both limits; where not one word fits, none. */
export function withOverlap(
  text: string,
  chunks: readonly Chunk[],
  counter: TokenCounter,
  maxTokens: number,
  overlapTokens: number,
): Chunk[] {
  return chunks.map((chunk, index) => {
    const previous = chunks[index - 1];
    if (previous === undefined) return chunk;
    const start = overlapStart(text, previous, counter, overlapTokens, (from) => counter.count(text.slice(from, chunk.end)) <= maxTokens);
    if (start === previous.end) return chunk;
    return { start, end: chunk.end, overlap: previous.end - start, tokens: counter.count(text.slice(start, chunk.end)) };
  });
}

/** The earliest sentence of `previous`, else the earliest word, from which on at most `overlapTokens` are left of it; its end if none. */
function overlapStart(
  text: string,
  previous: Chunk,
  counter: TokenCounter,
  overlapTokens: number,
  fits: (start: number) => boolean,
): number {
  const before = text.slice(previous.start, previous.end);
  const counted = counter.countPieces(before);
  for (const borders of [everySentence(before, counted), everyWord(counted)]) {
    const start = earliest(borders, (index) => {
      return borders.tokens(index, borders.length - 1) <= overlapTokens && fits(previous.start + borders.starts[index]!);
    });
    if (start !== undefined) return previous.start + start;
  }
  return previous.end;
}

function everySentence(text: string, counted: CountedText): CountedBorders {
  const { ends, starts, ranks, length } = findBorders(text, counted);
  const borders = new CountedBorders(counted, text.length, length);
  for (let index = 0; index < length; index++) borders.add(ends[index]!, starts[index]!, ranks[index]!);
  return borders;
}

function earliest(borders: CountedBorders, isFitting: (index: number) => boolean): number | undefined {
  for (let index = 1; index < borders.length - 1; index++) if (isFitting(index)) return borders.starts[index];
  return undefined;
}
