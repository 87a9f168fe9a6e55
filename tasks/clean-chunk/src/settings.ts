/** Options over recipe over default: what a call of clean-chunk works with, and the scalars that its manifest records. */
import { canonicalJson, sha256Of } from "@pipeline/shared/ids";
import { integer, type OptionValues, oneOf, optional } from "@pipeline/shared/options";
import { PII_POLICIES, redacts, withPolicy } from "@pipeline/shared/pii-policy";
import type { Recipe } from "@pipeline/shared/recipe";
import { TOKENIZERS, tokenCounter } from "@pipeline/shared/tokens/token-counter";
import type { ProcessSettings } from "./process-document.js";

export const options = {
  tokenizer: optional(oneOf(TOKENIZERS, { help: "which tokens are counted, over the recipe's" })),
  maxTokens: optional(integer({ help: "budget of a chunk, over the recipe's", min: 16, max: 512 })),
  overlapTokens: optional(integer({ help: "tokens that a chunk may repeat from the one before, over the recipe's", min: 0, max: 256 })),
  piiPolicy: optional(oneOf(PII_POLICIES, { help: "what happens to personal data of every type, over the recipe's" })),
};

/** The settings of a call, and what of them decides over the parts. */
export function resolveSettings({ tokenizer, maxTokens, overlapTokens, piiPolicy }: OptionValues<typeof options>, recipe: Recipe) {
  const pii = withPolicy(recipe.pii, piiPolicy);
  const recorded = {
    tokenizer: tokenizer ?? recipe.chunk.tokenizer,
    maxTokens: maxTokens ?? recipe.chunk.max_tokens,
    minTokens: recipe.chunk.min_tokens,
    overlapTokens: overlapTokens ?? recipe.chunk.overlap_tokens,
    // Only a policy that changes the text changes the chunks: then all settings of personal data count.
    redaction: redacts(pii) ? sha256Of(canonicalJson(pii)) : null,
  };
  const settings: ProcessSettings = {
    recipe,
    ...recorded,
    pii,
    get counter() {
      return tokenCounter(recorded.tokenizer); // its tables are read at the first use
    },
  };
  return { settings, recorded };
}
