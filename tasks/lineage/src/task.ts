/** lineage: everything that a run left in; its sums checked, its lineage stored and its report out. */
import { invalidConfig } from "@pipeline/shared/errors";
import { optional, text } from "@pipeline/shared/options";
import { keyBelow, uriBelow } from "@pipeline/shared/places";
import { openDatabase } from "@pipeline/shared/postgres/database";
import { requireSchema } from "@pipeline/shared/postgres/schema";
import { defineTask } from "@pipeline/shared/run-task";
import { concludeRun } from "./conclude-run.js";

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
    const database = await openDatabase(context.databaseUrl(), { applicationName: context.task, poolSize: 2, signal: context.signal });
    try {
      await requireSchema(database);
      await concludeRun(context, database, context.options.truth);
    } finally {
      await database.close();
    }
  },
});
