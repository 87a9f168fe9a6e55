import { type Database, openDatabase } from "@pipeline/shared/postgres/database";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import { expect } from "chai";
import { useEmptyDatabase } from "../support/postgres.js";

/** Has the database asked one question after the other: TypeORM reads a schema with many at once, of which pg warns. */
async function oneByOne<T>({ source }: Database, work: () => Promise<T>): Promise<T> {
  const make = source.createQueryRunner.bind(source);
  source.createQueryRunner = (mode) => {
    const runner = make(mode);
    const query = runner.query.bind(runner);
    let last: Promise<unknown> = Promise.resolve();
    const queued = (...given: Parameters<typeof query>) => {
      const answer = last.then(() => query(...given));
      last = answer.catch(() => undefined); // whoever asked is told
      return answer;
    };
    return Object.assign(runner, { query: queued });
  };
  try {
    return await work();
  } finally {
    source.createQueryRunner = make;
  }
}

describe("entities and catalogue", () => {
  const empty = useEmptyDatabase();
  let database: Database;
  before(async () => {
    database = await openDatabase(empty.url);
    await migrateUp(database);
  });
  after(() => database.close());

  const rows = async <Row>(sql: string): Promise<Row[]> => database.query<Row>("reading the catalogue", sql);

  it("have the same columns, with the same types and nullability", async () => {
    const catalogue = await rows<{ column: string; type: string; nullable: boolean }>(`
      select c.relname || '.' || a.attname as column, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
        and c.relname not in ('schema_migration', 'typeorm_metadata')`);
    const declared = database.source.entityMetadatas.flatMap(({ tableName, columns }) =>
      columns.map((column) => {
        const type = database.source.driver.normalizeType(column) + (column.isArray ? "[]" : "");
        return { column: `${tableName}.${column.databaseName}`, type, nullable: column.isNullable };
      }),
    );
    expect(declared).to.have.deep.members(catalogue);
  });

  it("have the same keys, checks and indexes, by name", async () => {
    const constraints = await rows<{ name: string }>(`select conname as name from pg_constraint
      where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f', 'c') and conrelid <> 'schema_migration'::regclass`);
    const indexes = await rows<{ name: string }>("select indexname as name from pg_indexes where indexname like '%\\_idx'");
    const metadatas = database.source.entityMetadatas;
    const declared = metadatas.flatMap(({ tableName, foreignKeys, uniques, checks, indices }) => [
      `${tableName}_pkey`,
      ...[...foreignKeys, ...uniques, ...checks, ...indices].map(({ name }) => name),
    ]);
    expect(declared).to.have.members([...constraints, ...indexes].map(({ name }) => name));
  });

  it("have the same check expressions, once PostgreSQL has spelt both", async () => {
    const definition = "select pg_get_constraintdef(oid) as sql from pg_constraint where conname = $1 and conrelid = $2::regclass";
    const rollback = new Error("only to read");
    const compare = database.source.transaction(async (manager) => {
      for (const { tableName, checks } of database.source.entityMetadatas) {
        for (const { name, expression } of checks) {
          await manager.query(`alter table ${tableName} add constraint declared check (${expression})`);
          const [declared] = await manager.query(definition, ["declared", tableName]);
          const [migrated] = await manager.query(definition, [name, tableName]);
          await manager.query(`alter table ${tableName} drop constraint declared`);
          expect(migrated, name).to.deep.equal(declared);
        }
      }
      throw rollback;
    });
    expect(await compare.catch((error: Error) => error)).to.equal(rollback);
  });

  it("leave TypeORM nothing to propose but taking back the tables' comments, which an EntitySchema cannot hold", async () => {
    const { upQueries } = await oneByOne(database, () => database.source.driver.createSchemaBuilder().log());
    const others = upQueries.filter(({ query }) => !/^COMMENT ON TABLE "?\w+"? IS NULL$/.test(query));
    expect(others.map(({ query }) => query)).to.deep.equal([]);
  });

  it("say of every table, view and column what it means", async () => {
    const silent = await rows<{ name: string }>(`
      select concat_ws('.', c.relname, a.attname) as name
      from pg_class c
      left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and c.relkind = 'r'
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and c.relname not in ('schema_migration', 'typeorm_metadata')
        and (obj_description(c.oid, 'pg_class') is null or (a.attname is not null and col_description(c.oid, a.attnum) is null))`);
    expect(silent.map(({ name }) => name)).to.deep.equal([]);
  });
});
