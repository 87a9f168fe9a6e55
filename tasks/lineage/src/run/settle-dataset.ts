/** What only the whole dataset can tell, once everything is loaded: what is gone, what repeats, what the corpus is like, what made it. */
import { invalidConfig, type PipelineError } from "@pipeline/shared/errors";
import { partsOf, sourceUriOf } from "@pipeline/shared/manifest";
import { readRecords } from "@pipeline/shared/part-reader";
import type { Database } from "@pipeline/shared/postgres/database";
import type { TaskContext } from "@pipeline/shared/run-task";
import { z } from "zod";
import { closeAbandonedRuns } from "../dataset/abandoned-runs.js";
import { markExactDuplicates } from "../dataset/exact-duplicates.js";
import { freshenStatistics } from "../dataset/fresh-statistics.js";
import { documentsFromElsewhere, retireMissing } from "../dataset/retire.js";
import { writeStatistics } from "../dataset/statistics.js";
import type { Report } from "../report/report-schema.js";
import type { RunObjects } from "./read-run.js";

const SILENT_HOURS = 24; // longer than any step may take: who has not been heard of since is dead

export interface Settled {
  readonly facts: Pick<Report, "duplicates" | "datasetState">;
  /** Why nothing was retired although the run was to; null when nothing was refused. */
  readonly refusal: PipelineError | null;
}

/** Settles the run's dataset, as far as a run that `isWhole` or not may. Of a run without a dataset there is nothing to settle. */
export async function settleDataset(context: TaskContext, database: Database, { ingest }: RunObjects, isWhole: boolean): Promise<Settled> {
  if (!ingest) return { facts: { duplicates: { exact: 0, near: null }, datasetState: [] }, refusal: null };
  const { id, dataset, onMissing } = ingest.manifest.run;
  const silentSince = new Date(context.clock().getTime() - SILENT_HOURS * 3_600_000);
  const abandoned = await closeAbandonedRuns(database, { dataset, except: id, silentSince });
  if (abandoned.length > 0) context.logger.warn("runs abandoned", { runs: abandoned });
  // What a torn run did not meet may still be there.
  const mayRetire = onMissing === "retire" && ingest.manifest.complete && isWhole;
  const refusal = mayRetire ? await retire(context, database, ingest) : null;
  const exact = await markExactDuplicates(database, dataset);
  await writeStatistics(database, id, dataset);
  await freshenStatistics(database);
  const datasetState = await database.query<Report["datasetState"][number]>("reading the dataset's state", STATE, [dataset]);
  return { facts: { duplicates: { exact, near: null }, datasetState }, refusal };
}

/** Retires what is missing; or says why it must not. */
async function retire(
  context: TaskContext,
  database: Database,
  { manifest }: NonNullable<RunObjects["ingest"]>,
): Promise<PipelineError | null> {
  const { dataset, sourceName, startedAt } = manifest.run;
  const others = sourceName === "" ? await documentsFromElsewhere(database, dataset, sourceUriOf(manifest.run, "")) : 0;
  if (others > 0) return ambiguous(dataset, others);
  const reader = { store: context.store, root: context.place.root };
  const present = () => readRecords(reader, partsOf(manifest, "document-ids"), (id) => z.uuid().parse(id));
  const pathPrefix = sourceName === "" ? "" : `${sourceName}/`;
  const retired = await retireMissing(database, { dataset, pathPrefix, runStartedAt: new Date(startedAt), present });
  if (retired > 0) context.logger.info("documents retired", { retired });
  return null;
}

/** Without a name, what another source brought cannot be told from what this one has lost. */
function ambiguous(dataset: string, others: number): PipelineError {
  const what = `dataset "${dataset}" holds documents that another source brought (${others}), which --on-missing retire would retire`;
  return invalidConfig("ambiguous_retire", `${what}: give each of its sources a --source-name`);
}

const STATE = `
select
  recipe_sha256 as "recipeSha256", tokenizer, max_tokens as "maxTokens", code_version as "codeVersion",
  documents::double precision as documents
from dataset_state
where dataset = $1
order by documents desc, 1, 2, 3, 4`;
