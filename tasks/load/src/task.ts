/** load: documents, accepted and rejected chunks in; rows out. */
import { batchStep } from "@pipeline/shared/batch-step";
import { defineTask } from "@pipeline/shared/run-task";

export const loadTask = defineTask({
  name: "load",
  summary: "stores a batch's documents, chunks and rejections in PostgreSQL",
  options: {},
  sections: [],
  run: batchStep({
    receives: { documents: "documents", chunks: "accepted" },
    keeps: {},
    reusable: false,
    resolve: () => ({ settings: {}, recorded: {} }),
    // The database's library takes longer to load than all the rest, which can meanwhile say that it has started.
    work: async (step, context) => (await import("./load.js")).load(step, context),
  }),
});
