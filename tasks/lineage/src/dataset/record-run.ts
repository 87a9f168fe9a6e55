/** A run's transformations and their attempts to rows: what load noted is completed, what never reached the database is added. */
import type { Database, EntityManager } from "@pipeline/shared/postgres/database";
import { lineageEntity, type TransformationRow } from "@pipeline/shared/postgres/entities/lineage";
import { type LineageAttempt, lineageAttemptEntity } from "@pipeline/shared/postgres/entities/lineage-attempt";
import { type PipelineRun, pipelineRunEntity } from "@pipeline/shared/postgres/entities/pipeline-run";
import { upsertRows } from "@pipeline/shared/postgres/insert-rows";

export interface RunRecord {
  readonly run: Omit<PipelineRun, "createdAt" | "updatedAt">;
  readonly transformations: readonly TransformationRow[];
  readonly attempts: readonly LineageAttempt[];
}

/** Safe to repeat: equal records leave equal rows. A transformation with `madeBy` needs its maker among the rows or in the database. */
export async function recordRun(database: Database, { run, transformations, attempts }: RunRecord): Promise<void> {
  await database.transaction("recording the run", async (manager) => {
    await upsertRows(manager, pipelineRunEntity, [run]);
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
