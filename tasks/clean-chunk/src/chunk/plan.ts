/** Chooses among the borders of a text those that give few chunks and good cuts: the cheapest chain, found from the end backwards. */
import { CLAUSE, LINE, LOOSE_SENTENCE, NUMBER, PARAGRAPH, SECTION, SENTENCE, UNDER_COLON, UNDER_HEADING, WORD, WRAP } from "./borders.js";
import type { CountedBorders } from "./counted-borders.js";

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
COSTS[SENTENCE] = 60;
COSTS[LOOSE_SENTENCE] = 250;
// Up to here one better cut is not worth another chunk: a list stays whole, and with what announces it, where there is room.
COSTS[LINE] = 530;
COSTS[UNDER_COLON] = 600;
COSTS[CLAUSE] = 1500;
COSTS[WRAP] = 1600;
COSTS[UNDER_HEADING] = 2000;
COSTS[WORD] = 3000;
COSTS[NUMBER] = 5000;
/** A chunk below the minimum: worth a poorer line or sentence end, but not another chunk. */
const TOO_SHORT = 750;

/** More than any plan costs. */
const NO_PLAN = 0x7fffffff;

/** A shorter slice can take a few tokens more than a longer one; so far beyond the budget none does. */
const UNEVENNESS = 8;
/** Where longer chunks fit, those below this share of the budget are not tried: hardly any plan gets better by them. */
const LEAST_SHARE = 1 / 4;

/** The borders at which chunks end, from the first behind `first` to `last`; a step between neighbours that exceeds the budget is taken as it is. */
export function planCuts(borders: CountedBorders, first: number, last: number, limits: Limits): number[] {
  const next = cheapestSteps(borders, first, last, limits);
  const cuts: number[] = [];
  for (let at = first; at < last; at = next[at - first]!) cuts.push(next[at - first]!);
  return cuts;
}

/** For each border from `first` on, the one at which the chunk that starts there had best end. */
function cheapestSteps(borders: CountedBorders, first: number, last: number, { maxTokens, minTokens }: Limits): Int32Array {
  const costs = new Int32Array(last - first + 1);
  const next = new Int32Array(last - first + 1);
  const fewTokens = maxTokens * LEAST_SHARE;
  let farthest = last;
  for (let from = last - 1; from >= first; from--) {
    while (borders.tokens(from, farthest) > maxTokens + UNEVENNESS) farthest--;
    let best = NO_PLAN;
    next[from - first] = from + 1;
    for (let to = farthest; to > from; to--) {
      const tokens = borders.tokens(from, to);
      if (tokens > maxTokens) continue;
      if (tokens < fewTokens && best !== NO_PLAN) break;
      const cut = to === last ? 0 : COSTS[borders.ranks[to]!]!;
      const cost = A_CHUNK + cut + (tokens < minTokens ? TOO_SHORT : 0) + costs[to - first]!;
      if (cost >= best) {
        if (A_CHUNK + costs[to - first]! - TOO_SHORT >= best) break; // what is left from an earlier border costs no less
        continue; // of equal plans the one with the longer first chunk
      }
      best = cost;
      next[from - first] = to;
    }
    costs[from - first] = best === NO_PLAN ? costs[from + 1 - first]! : best;
  }
  return next;
}
