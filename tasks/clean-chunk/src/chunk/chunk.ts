/** Cuts a text into token-bounded slices: few and full ones, ending where a section, paragraph or sentence does wherever possible. */
import type { CountedText, TokenCounter } from "@pipeline/shared/tokens/token-counter";
import { skipWhite } from "./characters.js";
import type { CountedBorders } from "./counted-borders.js";
import { findBorders } from "./find-borders.js";
import { forcedCut } from "./forced-cut.js";
import { withOverlap } from "./overlap.js";
import { type Limits, planCuts } from "./plan.js";
import { refineBorders } from "./refine-borders.js";

export interface ChunkOptions {
  /** No chunk has more tokens. From 4 on: a single character takes as many, and is a chunk of its own below that. */
  readonly maxTokens: number;
  /** Chunks with fewer are avoided where their neighbour can spare some. */
  readonly minTokens: number;
  /** At most so many tokens of a chunk repeat the one before; at most half of `maxTokens` is used. */
  readonly overlapTokens: number;
  readonly counter: TokenCounter;
}

/** A slice of the text in UTF-16 units, without white space at either end. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  /** How many of its first units are also the last ones of the chunk before. */
  readonly overlap: number;
  /** Of the slice as a text of its own. */
  readonly tokens: number;
}

/** A long text is worked through in windows, so that memory stays bounded: so many units, and so many for a token of the budget. */
const WINDOW = 1 << 18;
const WINDOW_FOR_A_TOKEN = 512; // four times the longest token
/** The last chunks of a window do not know what follows: they are cut again in the next. */
const UNSURE_CHUNKS = 2;

/** The chunks of a text, in order; all that lies between them is white space. */
export function chunk(text: string, options: ChunkOptions): Chunk[] {
  const overlapTokens = Math.min(options.overlapTokens, options.maxTokens >> 1);
  const maxTokens = options.maxTokens - overlapTokens;
  const limits = { maxTokens, minTokens: Math.min(options.minTokens, maxTokens >> 1) };
  const chunks: Chunk[] = [];
  const size = Math.max(WINDOW, maxTokens * WINDOW_FOR_A_TOKEN);
  for (let offset = 0; offset < text.length; ) {
    const isLast = text.length - offset <= size;
    const found = chunksOfWindow(text.slice(offset, offset + size), options.counter, limits);
    const sure = isLast ? found.length : Math.max(Math.min(1, found.length), found.length - UNSURE_CHUNKS);
    for (const { start, end, tokens } of found.slice(0, sure))
      chunks.push({ start: offset + start, end: offset + end, overlap: 0, tokens });
    offset += isLast || sure === 0 ? size : found[sure - 1]!.end;
  }
  return overlapTokens === 0 ? chunks : withOverlap(text, chunks, options.counter, options.maxTokens, overlapTokens);
}

type Slice = Omit<Chunk, "overlap">;

function chunksOfWindow(text: string, counter: TokenCounter, limits: Limits): Slice[] {
  const counted = counter.countPieces(text);
  const borders = refineBorders(findBorders(text, counted), counted, limits.maxTokens);
  const slices: Slice[] = [];
  let first = 0;
  for (let index = 0; ; index++) {
    index = borders.nextOverlong(index, limits.maxTokens);
    if (index + 1 >= borders.length) break;
    addPlanned(borders, first, index, limits, slices);
    const start = takeBack(slices, limits) ?? borders.starts[index]!;
    borders.move(index, cutOverlong(text, counted, start, borders.ends[index + 1]!, limits, slices));
    first = index;
  }
  addPlanned(borders, first, borders.length - 1, limits, slices);
  return slices;
}

function addPlanned(borders: CountedBorders, first: number, last: number, limits: Limits, slices: Slice[]): void {
  let from = first;
  for (const to of planCuts(borders, first, last, limits)) {
    slices.push({ start: borders.starts[from]!, end: borders.ends[to]!, tokens: borders.tokens(from, to) });
    from = to;
  }
}

/** What comes before an overlong part is cut with it when it would leave its chunk less than half full: gives where it starts. */
function takeBack(slices: Slice[], { maxTokens }: Limits): number | undefined {
  const last = slices.at(-1);
  return last !== undefined && last.tokens < maxTokens / 2 ? slices.pop()!.start : undefined;
}

/** Cuts units [start, end) into chunks until the rest fits one, and gives where that rest starts. */
function cutOverlong(text: string, counted: CountedText, start: number, end: number, limits: Limits, slices: Slice[]): number {
  for (let at = start; ; ) {
    const cut = forcedCut(text, counted, at, end, limits);
    if (cut === end) return at;
    slices.push({ start: at, end: cut, tokens: counted.countSlice(at, cut) });
    at = skipWhite(counted.units, cut, end);
  }
}
