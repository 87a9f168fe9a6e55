/** clean-chunk: raw documents in; clean, judged documents and their token-bounded chunks out. */
import { batchStep } from "@pipeline/shared/batch-step";
import { defineTask } from "@pipeline/shared/run-task";
import type { ProcessSettings } from "./process-document.js";
import { options, resolveSettings } from "./settings.js";

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
    resolve: (given, { recipe }) => resolveSettings(given, recipe),
    // Language tables take as long to load as finding a made part: only who makes one loads them.
    work: async (step, context) => (await import("./clean-chunk.js")).cleanChunk(step, context),
  }),
});
