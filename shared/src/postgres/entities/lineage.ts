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

/** What each field means stands once, as the comment of its column. */
export interface Lineage {
  id: string;
  runId: string;
  task: string;
  batchId: string;
  status: TransformationStatus;
  madeBy: string | null;
  inputs: readonly LineageObject[];
  outputs: readonly LineageObject[];
  counts: { readonly documents?: Counts; readonly chunks?: Counts };
  options: Readonly<Record<string, string | number | boolean | null>>;
  recipeName: string | null;
  recipeSha256: string | null;
  codeVersion: string;
  imageDigest: string | null;
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
    id: uuid({ ...PRIMARY, comment: "From run, task and batch." }),
    runId: text({ comment: "The run; one that made parts elsewhere has no row in pipeline_run." }),
    task: text({ comment: "ingest, clean-chunk, validate, load or lineage." }),
    batchId: text({ default: "", comment: "The batch; empty for ingest and lineage, which work on the whole run." }),
    status: text({ comment: "running, ok, failed, lost (it began and was never heard of again) or reused (its parts were found made)." }),
    madeBy: uuid({
      ...NULLABLE,
      foreignKey: { target: "Lineage" },
      comment: "The transformation that really made the outputs, where this one found them made.",
    }),
    inputs: jsonb({ default: [], comment: "Objects that it read: URI and SHA-256." }),
    outputs: jsonb({ default: [], comment: "Objects that it wrote: name, URI, SHA-256, records." }),
    counts: jsonb({ default: {}, comment: "Documents and chunks: in, kept, dropped by reason, failed by code, superseded." }),
    options: jsonb({ default: {}, comment: "Its options as they were used." }),
    recipeName: text({ ...NULLABLE, comment: "Name of its recipe." }),
    recipeSha256: text({ ...NULLABLE, name: "recipe_sha256", comment: "SHA-256 of the recipe as it was used." }),
    codeVersion: text({ comment: "Hash of the code that ran." }),
    imageDigest: text({ ...NULLABLE, comment: "Digest of the container image; null outside one." }),
    orchestrator: jsonb({
      default: {},
      comment: "Which scheduled task it was, as the orchestrator calls it: dagId, dagRunId, taskId, mapIndex; empty outside one.",
    }),
    startedAt: timestamp({ comment: "Start of the attempt that counts." }),
    finishedAt: timestamp({ ...NULLABLE, comment: "Its end; null while it runs, or where it was lost." }),
    errorCode: text({ ...NULLABLE, comment: "Stable code of the error that it ended with." }),
    createdAt: createdAt(),
    updatedAt: updatedAt({ comment: "Last change, and last sign of life while it runs." }),
  },
  uniques: [{ columns: ["runId", "task", "batchId"] }],
  checks: [
    { name: "lineage_status_check", expression: "status in ('running', 'ok', 'failed', 'lost', 'reused')" },
    { name: "lineage_reused_check", expression: "(status = 'reused') = (made_by is not null)" },
    { name: "lineage_error_check", expression: "status <> 'failed' or error_code is not null" },
  ],
  indices: [{ name: "lineage_made_by_idx", columns: ["madeBy"], synchronize: false }],
});
