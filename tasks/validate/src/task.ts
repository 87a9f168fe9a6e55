/** validate: chunks in; accepted ones with score and personal data, and rejected ones with their reason, out. */
import { batchStep } from "@pipeline/shared/batch-step";
import { oneOf, optional } from "@pipeline/shared/options";
import { PII_POLICIES, withPolicy } from "@pipeline/shared/pii-policy";
import { defineTask } from "@pipeline/shared/run-task";
import type { ValidateSettings } from "./validate-chunks.js";

const options = {
  piiPolicy: optional(oneOf(PII_POLICIES, { help: "what happens to personal data of every type, over the recipe's" })),
};

export const validateTask = defineTask({
  name: "validate",
  summary: "accepts or rejects the chunks of a batch, scores them and marks personal data",
  options,
  sections: ["validate", "score", "pii"],
  run: batchStep<typeof options, ValidateSettings>({
    receives: { chunks: "chunks" },
    keeps: { chunks: "accepted" },
    passesOn: ["documents", "signatures"],
    reusable: true,
    limited: "chunks",
    resolve({ piiPolicy }, { recipe }) {
      const { validate, score, pii } = recipe;
      return { settings: { validate, score, pii: withPolicy(pii, piiPolicy) }, recorded: { piiPolicy } };
    },
    work: async (step, context) => (await import("./validate.js")).validate(step, context), // loads far more than finding a made part needs
  }),
});
