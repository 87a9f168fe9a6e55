/** One at a time per dataset: steps that look at all of its documents wait for each other, loads go on. */
import type { EntityManager } from "@pipeline/shared/postgres/database";

/** Holds the dataset's lock until the transaction ends. */
export async function lockDataset(manager: EntityManager, dataset: string): Promise<void> {
  await manager.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`dataset ${dataset}`]);
}
