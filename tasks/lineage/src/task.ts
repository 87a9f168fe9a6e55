/** lineage: everything that a run left in; its sums checked, its lineage stored and its report out. */
import { invalidConfig } from "@pipeline/shared/errors";
import { optional, text } from "@pipeline/shared/options";
import { keyBelow, uriBelow } from "@pipeline/shared/places";
import { defineTask } from "@pipeline/shared/run-task";

export const lineageTask = defineTask({
  name: "lineage",
  summary: "accounts for every document of a run, stores its lineage and writes its report",
  options: {
    truth: optional(
      text({ help: "the planted truth of a sample, to score the run against", pattern: /^(s3|file):\/\/./, expects: "a URI" }),
    ),
  },
  sections: ["limits"],
  async run(context) {
    const { root, runId } = context.place;
    if (keyBelow(root, context.options.in) !== `runs/${runId}/`)
      throw invalidConfig("bad_in", `--in "${context.options.in}": expected ${uriBelow(root, `runs/${runId}/`)}, the run that --out names`);
    // The database's library takes longer to load than all the rest, which can meanwhile say that it has started.
    await (await import("./lineage.js")).lineage(context, context.options.truth);
  },
});
