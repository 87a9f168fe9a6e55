/** A run's transformations and their attempts to rows: what load noted is completed, what never reached the database is added. */
import type { Database, EntityManager } from "@pipeline/shared/postgres/database";
import type { NewRow } from "@pipeline/shared/postgres/entities/columns";
import { lineageEntity, type TransformationRow } from "@pipeline/shared/postgres/entities/lineage";
import { type LineageAttempt, lineageAttemptEntity } from "@pipeline/shared/postgres/entities/lineage-attempt";
import { type PipelineRun, pipelineRunEntity } from "@pipeline/shared/postgres/entities/pipeline-run";
import { insertMissingRows, upsertRows } from "@pipeline/shared/postgres/insert-rows";

export type RunRow = NewRow<PipelineRun>;

export interface RunRecord {
  /** Null where ingest left no manifest to tell of it. */
  readonly run: RunRow | null;
  /** Transformations of earlier runs whose parts were reused: written only where this database has never heard of them. */
  readonly makers?: readonly TransformationRow[];
  readonly transformations: readonly TransformationRow[];
  readonly attempts: readonly LineageAttempt[];
}

/** Safe to repeat: equal records leave equal rows. A transformation with `madeBy` needs its maker among the rows or in the database. */
export async function recordRun(database: Database, { run, makers = [], transformations, attempts }: RunRecord): Promise<void> {
  await database.transaction("recording the run", async (manager) => {
    if (run) await upsertRows(manager, pipelineRunEntity, [run]);
    await insertMissingRows(manager, lineageEntity, makers);
    await upsertTransformations(manager, transformations);
    await upsertRows(manager, lineageAttemptEntity, attempts);
  });
}

/** Makers first: those that reused their parts point to them. */
async function upsertTransformations(manager: EntityManager, rows: readonly TransformationRow[]): Promise<void> {
  await upsertRows(
    manager,
    lineageEntity,
    rows.filter(({ madeBy }) => madeBy === null),
  );
  await upsertRows(
    manager,
    lineageEntity,
    rows.filter(({ madeBy }) => madeBy !== null),
  );
}
