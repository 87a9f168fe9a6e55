/** A transformation: one task applied to one batch in one run, with all that is needed to explain or repeat it. */
import { EntitySchema } from "typeorm";
import type { Counts } from "../../tally.js";
import { createdAt, jsonb, type NewRow, NULLABLE, PRIMARY, text, timestamp, updatedAt, uuid } from "./columns.js";

export type TransformationStatus = "running" | "ok" | "failed" | "lost" | "reused";

/** An object that a transformation read or wrote. */
export interface LineageObject {
  readonly name?: string;
  readonly uri: string;
  readonly sha256: string;
  readonly records?: number;
}

export interface Lineage {
  /** transformationIdOf(runId, task, batchId). */
  id: string;
  runId: string;
  task: string;
  /** "" for ingest and lineage, which work on the whole run. */
  batchId: string;
  status: TransformationStatus;
  /** The transformation that really made the outputs, where this one found them made. */
  madeBy: string | null;
  inputs: readonly LineageObject[];
  outputs: readonly LineageObject[];
  counts: { readonly documents?: Counts; readonly chunks?: Counts };
  options: Readonly<Record<string, string | number | boolean | null>>;
  recipeName: string | null;
  recipeSha256: string | null;
  codeVersion: string;
  imageDigest: string | null;
  /** Which scheduled task it was, as the orchestrator calls it: dagId, dagRunId, taskId, mapIndex; empty outside one. */
  orchestrator: Readonly<Record<string, string>>;
  startedAt: Date;
  finishedAt: Date | null;
  errorCode: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export type TransformationRow = NewRow<Lineage>;

export const lineageEntity = new EntitySchema<Lineage>({
  name: "Lineage",
  tableName: "lineage",
  columns: {
    id: uuid(PRIMARY),
    runId: text(),
    task: text(),
    batchId: text({ default: "" }),
    status: text(),
    madeBy: uuid({ ...NULLABLE, foreignKey: { target: "Lineage" } }),
    inputs: jsonb({ default: [] }),
    outputs: jsonb({ default: [] }),
    counts: jsonb({ default: {} }),
    options: jsonb({ default: {} }),
    recipeName: text(NULLABLE),
    recipeSha256: text({ ...NULLABLE, name: "recipe_sha256" }),
    codeVersion: text(),
    imageDigest: text(NULLABLE),
    orchestrator: jsonb({ default: {} }),
    startedAt: timestamp(),
    finishedAt: timestamp(NULLABLE),
    errorCode: text(NULLABLE),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  uniques: [{ columns: ["runId", "task", "batchId"] }],
  checks: [
    { name: "lineage_status_check", expression: "status in ('running', 'ok', 'failed', 'lost', 'reused')" },
    { name: "lineage_reused_check", expression: "(status = 'reused') = (made_by is not null)" },
    { name: "lineage_error_check", expression: "status <> 'failed' or error_code is not null" },
  ],
  indices: [{ name: "lineage_made_by_idx", columns: ["madeBy"], synchronize: false }],
});
