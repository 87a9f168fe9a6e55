/** Chooses among the borders of a text those that give few chunks and good cuts: the cheapest chain, found from the end backwards. */
import type { BorderCounts } from "./border-counts.js";
import { type Borders, CLAUSE, LINE, NUMBER, PARAGRAPH, SECTION, SENTENCE, UNDER_HEADING, WORD } from "./borders.js";

export interface Limits {
  readonly maxTokens: number;
  readonly minTokens: number;
}

// Costs are integers, so that sums are exact and equal plans are seen to be equal.
const A_CHUNK = 1000;
/** What a cut costs, in thousandths of a chunk: so much fill is given up for a better one. */
const COSTS = new Int32Array(NUMBER + 1);
COSTS[SECTION] = 0;
COSTS[PARAGRAPH] = 30;
COSTS[SENTENCE] = 100;
COSTS[LINE] = 300;
COSTS[UNDER_HEADING] = 350;
COSTS[CLAUSE] = 800;
COSTS[WORD] = 2000;
COSTS[NUMBER] = 4000;
/** A chunk below the minimum: worth a poorer line or sentence end, but not another chunk. */
const TOO_SHORT = 750;

/** A shorter slice can take a few tokens more than a longer one; so far beyond the budget none does. */
const UNEVENNESS = 8;

/** The borders at which chunks end, from the first behind `first` to `last`; each step between neighbours must fit the budget. */
export function planCuts(counts: BorderCounts, borders: Borders, first: number, last: number, limits: Limits): number[] {
  const costs = new Float64Array(last - first + 1);
  const next = new Int32Array(last - first + 1);
  for (let from = last - 1; from >= first; from--) {
    let best = Number.POSITIVE_INFINITY;
    for (let to = from + 1; to <= last; to++) {
      const tokens = counts.tokens(from, to);
      if (tokens > limits.maxTokens + UNEVENNESS) break;
      if (tokens > limits.maxTokens) continue;
      const cut = to === last ? 0 : COSTS[borders.ranks[to]!]!;
      const cost = A_CHUNK + cut + (tokens < limits.minTokens ? TOO_SHORT : 0) + costs[to - first]!;
      if (cost > best) continue; // of equal plans the one with the longer first chunk
      best = cost;
      next[from - first] = to;
    }
    costs[from - first] = best;
  }
  const cuts: number[] = [];
  for (let at = first; at < last; at = next[at - first]!) cuts.push(next[at - first]!);
  return cuts;
}
