/** The run and the transformations that a batch's rows will point to: noted before the first of them, completed by lineage. */

import type { EntityManager } from "@pipeline/shared/postgres/database";
import { lineageEntity, type TransformationRow } from "@pipeline/shared/postgres/entities/lineage";
import { pipelineRunEntity } from "@pipeline/shared/postgres/entities/pipeline-run";
import { insertMissingRows } from "@pipeline/shared/postgres/insert-rows";
import type { LoadContext } from "./load-batch.js";

/** Not what has ended well: an attempt that was frozen, and wakes after its successor is done, must not leave the step open for ever. */
const REOPEN = `
update lineage
set status = 'running', code_version = $2, started_at = $3, finished_at = null, error_code = null, updated_at = now()
where id = $1
  and status <> 'ok'`;

/** A transaction of its own, not the first group's: the batches of a run start together, and would wait for each other's first group. */
export async function noteLineage(manager: EntityManager, { run, makers, load }: LoadContext): Promise<void> {
  const runRow = { ...run, status: "running" as const, counts: {}, finishedAt: null };
  await insertMissingRows(manager, pipelineRunEntity, [runRow]);
  const revive =
    "update pipeline_run set status = 'running', finished_at = null, updated_at = now() where id = $1 and status = 'abandoned'";
  await manager.query(revive, [run.id]);
  // In order of their ids: batches that note the same makers at the same time then wait for each other in one direction only.
  await insertMissingRows(manager, lineageEntity, [makers.ingest, makers.cleanChunk, makers.validate].sort(byId));
  await insertMissingRows(manager, lineageEntity, [load]);
  await manager.query(REOPEN, [load.id, load.codeVersion, load.startedAt]);
}

/** By its time, lineage tells a run that works from one that was killed. */
export async function showLife(manager: EntityManager, { load }: LoadContext): Promise<void> {
  await manager.query("update lineage set updated_at = now() where id = $1", [load.id]);
}

function byId(a: TransformationRow, b: TransformationRow): number {
  return a.id < b.id ? -1 : 1;
}
