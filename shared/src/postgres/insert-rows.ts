/** Many rows to few insert statements. */
import type { EntityManager, EntitySchema, ObjectLiteral, QueryDeepPartialEntity } from "typeorm";

const ROWS_PER_STATEMENT = 500; // x 27 columns of a chunk stays below the protocol's 65,535 parameters

type Rows<Row> = readonly QueryDeepPartialEntity<Row>[];

/** Inserts rows that are not there yet; the database sets what the rows leave out. */
export async function insertRows<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntitySchema<Row>,
  rows: Rows<Row>,
): Promise<void> {
  for (const some of groupsOf(rows)) await insertOf(manager, entity, some).execute();
}

/** Inserts rows, or puts them in the place of those with the same primary key; created_at stays. */
export async function upsertRows<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntitySchema<Row>,
  rows: Rows<Row>,
): Promise<void> {
  const { columns, primaryColumns } = manager.dataSource.getMetadata(entity);
  const keys = primaryColumns.map(({ databaseName }) => databaseName);
  const names = columns.filter(({ isPrimary, isUpdate }) => !isPrimary && isUpdate).map(({ databaseName }) => databaseName);
  for (const some of groupsOf(rows)) await insertOf(manager, entity, some).orUpdate(names, keys).execute();
}

function insertOf<Row extends ObjectLiteral>(manager: EntityManager, entity: EntitySchema<Row>, rows: QueryDeepPartialEntity<Row>[]) {
  return manager.createQueryBuilder().insert().into(entity).values(rows).updateEntity(false);
}

function* groupsOf<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) yield rows.slice(start, start + ROWS_PER_STATEMENT);
}
