/** Many rows to few insert statements. */
import type { EntityManager, EntitySchema, ObjectLiteral, QueryDeepPartialEntity } from "typeorm";

const ROWS_PER_STATEMENT = 500; // x 27 columns of a chunk stays below the protocol's 65,535 parameters

/** Inserts rows that are not there yet; the database sets what the rows leave out. */
export async function insertRows<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntitySchema<Row>,
  rows: readonly QueryDeepPartialEntity<Row>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    const some = rows.slice(start, start + ROWS_PER_STATEMENT);
    await manager.createQueryBuilder().insert().into(entity).values(some).updateEntity(false).execute();
  }
}
