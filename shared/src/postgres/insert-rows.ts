/** Many rows to few insert statements. */
import type { EntityManager, EntityMetadata, EntitySchema, ObjectLiteral, QueryDeepPartialEntity } from "typeorm";
import type { NewRow } from "./entities/columns.js";

const ROWS_PER_STATEMENT = 500; // x 31 columns of a document stays below the protocol's 65,535 parameters; of chunks, 1 MB of text

type Rows<Row> = readonly QueryDeepPartialEntity<Row>[];

/**
 * Inserts rows that are not there yet, whole ones: in place of a value that is missing stands null, never the column's default. The
 * mapping is the entity's, but the rows travel as one JSON text: a statement with a parameter for each value costs three times the
 * processor time here, and the server no less.
 */
export async function insertRows<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntitySchema<Row>,
  rows: readonly NewRow<Row>[],
): Promise<void> {
  const { columns, tableName } = manager.dataSource.getMetadata(entity);
  const inserted = columns.filter(({ isInsert }) => isInsert);
  const names = inserted.map(({ databaseName }) => databaseName).join(", ");
  const sql = `insert into ${tableName} (${names}) select ${names} from json_populate_recordset(null::${tableName}, $1)`;
  for (const some of groupsOf(rows)) await manager.query(sql, [JSON.stringify(some.map((row) => recordOf(row, inserted)))]);
}

function recordOf(row: ObjectLiteral, columns: EntityMetadata["columns"]): ObjectLiteral {
  return Object.fromEntries(columns.map((column) => [column.databaseName, column.getEntityValue(row, true)]));
}

/** Inserts rows, and leaves as they are those that are there. */
export async function insertMissingRows<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntitySchema<Row>,
  rows: Rows<Row>,
): Promise<void> {
  for (const some of groupsOf(rows)) await insertOf(manager, entity, some).orIgnore().execute();
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
