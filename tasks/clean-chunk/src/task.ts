/** clean-chunk: raw documents in; clean, judged documents and their token-bounded chunks out. */
import { batchStep } from "@pipeline/shared/batch-step";
import { canonicalJson, sha256Of } from "@pipeline/shared/ids";
import { integer, oneOf, optional } from "@pipeline/shared/options";
import { PII_POLICIES, redacts, withPolicy } from "@pipeline/shared/pii-policy";
import { defineTask } from "@pipeline/shared/run-task";
import { TOKENIZERS, tokenCounter } from "@pipeline/shared/tokens/token-counter";
import { cleanChunk } from "./clean-chunk.js";
import type { ProcessSettings } from "./process-document.js";

const options = {
  tokenizer: optional(oneOf(TOKENIZERS, { help: "which tokens are counted, over the recipe's" })),
  maxTokens: optional(integer({ help: "budget of a chunk, over the recipe's", min: 16, max: 512 })),
  overlapTokens: optional(integer({ help: "tokens that a chunk may repeat from the one before, over the recipe's", min: 0, max: 256 })),
  piiPolicy: optional(oneOf(PII_POLICIES, { help: "what happens to personal data of every type, over the recipe's" })),
};

export const cleanChunkTask = defineTask({
  name: "clean-chunk",
  summary: "decodes, cleans, judges and chunks the documents of a batch",
  options,
  sections: ["decode", "clean", "judge", "chunk"],
  run: batchStep<typeof options, ProcessSettings>({
    receives: { documents: "index" },
    keeps: { chunks: "chunks" },
    reusable: true,
    limited: "documents",
    resolve({ tokenizer, maxTokens, overlapTokens, piiPolicy }, { recipe }) {
      const pii = withPolicy(recipe.pii, piiPolicy);
      const recorded = {
        tokenizer: tokenizer ?? recipe.chunk.tokenizer,
        maxTokens: maxTokens ?? recipe.chunk.max_tokens,
        minTokens: recipe.chunk.min_tokens,
        overlapTokens: overlapTokens ?? recipe.chunk.overlap_tokens,
        // Only a policy that changes the text changes the chunks: then all settings of personal data count.
        redaction: redacts(pii) ? sha256Of(canonicalJson(pii)) : null,
      };
      return { settings: { recipe, ...recorded, counter: tokenCounter(recorded.tokenizer), pii }, recorded };
    },
    work: cleanChunk,
  }),
});
