/** A run: one execution of the whole pipeline over one dataset. */
import { EntitySchema } from "typeorm";
import type { Counts } from "../../tally.js";
import { createdAt, jsonb, NULLABLE, PRIMARY, text, timestamp, updatedAt } from "./columns.js";

export type RunStatus = "running" | "ok" | "failed" | "abandoned";

export interface PipelineRun {
  id: string;
  dataset: string;
  source: string;
  partition: string | null;
  recipeName: string;
  recipeSha256: string;
  status: RunStatus;
  /** What became of the run's documents and chunks; empty until lineage has counted. */
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
    id: text(PRIMARY),
    dataset: text(),
    source: text(),
    partition: text(NULLABLE),
    recipeName: text(),
    recipeSha256: text({ name: "recipe_sha256" }),
    status: text(),
    counts: jsonb({ default: {} }),
    startedAt: timestamp(),
    finishedAt: timestamp(NULLABLE),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  checks: [
    { name: "pipeline_run_status_check", expression: "status in ('running', 'ok', 'failed', 'abandoned')" },
    { name: "pipeline_run_finished_check", expression: "(status = 'running') = (finished_at is null)" },
  ],
  indices: [{ name: "pipeline_run_dataset_idx", columns: ["dataset", "startedAt"], synchronize: false }],
});
