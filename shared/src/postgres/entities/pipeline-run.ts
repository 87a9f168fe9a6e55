/** A run: one execution of the whole pipeline over one dataset. */
import { EntitySchema } from "typeorm";
import type { Counts } from "../../tally.js";
import { createdAt, jsonb, NULLABLE, PRIMARY, text, timestamp, updatedAt } from "./columns.js";

export type RunStatus = "running" | "ok" | "failed" | "abandoned";

/** What each field means stands once, as the comment of its column. */
export interface PipelineRun {
  id: string;
  dataset: string;
  source: string;
  partition: string | null;
  recipeName: string;
  recipeSha256: string;
  status: RunStatus;
  counts: { documents?: Counts; chunks?: Counts };
  startedAt: Date;
  finishedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export const pipelineRunEntity = new EntitySchema<PipelineRun>({
  name: "PipelineRun",
  tableName: "pipeline_run",
  columns: {
    id: text({ ...PRIMARY, comment: "The run's name in storage and logs." }),
    dataset: text({ comment: "The collection that it fills." }),
    source: text({ comment: "Where its documents come from." }),
    partition: text({ ...NULLABLE, comment: "Day of the source that it read; null for the whole." }),
    recipeName: text({ comment: "Name of its recipe." }),
    recipeSha256: text({ name: "recipe_sha256", comment: "SHA-256 of the recipe as it was used." }),
    status: text({ comment: "running, ok, failed or abandoned." }),
    counts: jsonb({ default: {}, comment: "What became of its documents and chunks, each counted once; empty until lineage has counted." }),
    startedAt: timestamp({ comment: "When it began." }),
    finishedAt: timestamp({ ...NULLABLE, comment: "When it was concluded." }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  checks: [
    { name: "pipeline_run_status_check", expression: "status in ('running', 'ok', 'failed', 'abandoned')" },
    { name: "pipeline_run_finished_check", expression: "(status = 'running') = (finished_at is null)" },
  ],
  indices: [{ name: "pipeline_run_dataset_idx", columns: ["dataset", "startedAt"], synchronize: false }],
});
