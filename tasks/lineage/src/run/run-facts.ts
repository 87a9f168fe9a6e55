/** A run's manifests to the facts that hold for the run as a whole. */
import type { TaskContext } from "@pipeline/shared/run-task";
import type { RunFacts } from "../report/build-report.js";
import type { RunObjects } from "./read-run.js";

const UNKNOWN = "unknown"; // ingest left no manifest to tell

type World = Pick<TaskContext, "recipe" | "place" | "startedAt" | "clock">;

/** As ingest's manifest tells them; of a run whose ingest did not complete only its name and times are known. */
export function runFactsOf({ recipe, place, startedAt, clock }: World, { ingest, manifests, events }: RunObjects): RunFacts {
  const run = ingest?.manifest.run;
  const options = manifests.find(({ manifest }) => manifest.task === "clean-chunk")?.manifest.options ?? {};
  const firstEvent = events.map((event) => event.startedAt).sort()[0];
  return {
    runId: place.runId,
    dataset: run?.dataset ?? UNKNOWN,
    source: run?.source ?? UNKNOWN,
    partition: run?.partition ?? null,
    tokenizer: typeof options.tokenizer === "string" ? options.tokenizer : recipe.chunk.tokenizer,
    maxTokens: typeof options.maxTokens === "number" ? options.maxTokens : recipe.chunk.max_tokens,
    startedAt: run?.startedAt ?? firstEvent ?? startedAt,
    finishedAt: clock().toISOString(),
  };
}

/** In words, when steps ran by another recipe than the one whose reasons and limits would be reported. */
export function recipeMismatches({ recipe }: Pick<World, "recipe">, { manifests }: RunObjects): string[] {
  const used = manifests.flatMap(({ manifest }) => (manifest.recipe && manifest.task !== "ingest" ? [manifest.recipe] : []));
  const others = new Map(used.filter(({ sha256 }) => sha256 !== recipe.sha256).map((other) => [other.sha256, other.name]));
  return [...others].map(
    ([sha256, name]) =>
      `steps ran by recipe ${name} (${sha256.slice(0, 12)}), lineage was given ${recipe.name} (${recipe.sha256.slice(0, 12)}): call all with one --recipe`,
  );
}
