/**
 * The quality score of a chunk: one number from 0 to 1, the weighted geometric mean of seven components that are stored beside it.
 *
 * score = product of max(component, 0.05) ^ (weight / sum of weights). A geometric mean, because one broken part spoils a text:
 * in an arithmetic one a menu with perfect spelling would come close to prose.
 */
import type { Recipe } from "@pipeline/shared/recipe";
import { scanText } from "@pipeline/shared/text/scan";
import { COMPONENTS, type ComponentName, type ScoreContext } from "./components.js";

export type { ScoreContext } from "./components.js";

export interface Quality {
  readonly score: number;
  /** Each component, 0 to 1, before weighting: the recipe holds the weights. */
  readonly components: Record<ComponentName, number>;
}

const FLOOR = 0.05; // a component at zero costs much, but the others still count

/** Scores a chunk in what is known of its document. Pure, finite for every text; four decimals, so that it is the same everywhere. */
export function scoreChunk(text: string, context: ScoreContext, { weights }: Recipe["score"]): Quality {
  const chunk = { text, scan: scanText(text), context };
  const components = {} as Record<ComponentName, number>;
  let logarithm = 0;
  let all = 0;
  for (const [name, weight] of Object.entries(weights) as [ComponentName, number][]) {
    components[name] = rounded(COMPONENTS[name](chunk));
    logarithm += weight * Math.log(Math.max(FLOOR, components[name]));
    all += weight;
  }
  return { score: rounded(Math.exp(logarithm / all)), components };
}

const rounded = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1e4) / 1e4;
