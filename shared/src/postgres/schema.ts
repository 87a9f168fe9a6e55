/** The code's schema and the database's: applied, taken back, compared. Only `migrate` changes it; tasks only compare. */
import type { EntityManager } from "typeorm";
import { invalidConfig } from "../errors.js";
import { canonicalJson, sha256Of } from "../ids.js";
import { writeComments } from "./comments.js";
import type { Database } from "./database.js";
import { MIGRATIONS } from "./migrations/index.js";
import { FUNCTIONS, VIEWS } from "./views/index.js";
import type { View } from "./views/view.js";

const MIGRATION_LOCK = 6_170_112_481; // any number, as long as nobody else in this database locks the same

export interface SchemaStatus {
  readonly applied: readonly string[];
  /** Known to this code, not yet in the database: the database is older. */
  readonly pending: readonly string[];
  /** In the database, not known to this code: the database is newer. */
  readonly unknown: readonly string[];
}

/** Which migrations the database has. */
export async function schemaStatus(database: Database): Promise<SchemaStatus> {
  const known = MIGRATIONS.map((migration) => new migration().name);
  const table = "select to_regclass('schema_migration') is not null as exists";
  const [found] = await database.query<{ exists: boolean }>("reading the schema's version", table);
  const names = "select name from schema_migration order by id";
  const rows = found?.exists ? await database.query<{ name: string }>("reading the schema's version", names) : [];
  const applied = rows.map(({ name }) => name);
  return {
    applied,
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}

/** Throws 78 unless the database has exactly the schema that this code was written for. */
export async function requireSchema(database: Database): Promise<void> {
  const status = await schemaStatus(database);
  refuseNewer(status);
  if (status.pending.length > 0)
    throw invalidConfig("schema_older", `the database lacks ${status.pending.join(", ")}: run migrate before the tasks`);
  if (!(await database.guarded("comparing the views", areViewsCurrent)))
    throw invalidConfig("schema_older", "the database's views are those of another version: run migrate before the tasks");
}

/** Brings the database to this code's schema; nothing happens when it is there. Safe to call from several processes at once. */
export async function migrateUp(database: Database): Promise<SchemaStatus> {
  return withMigrationLock(database, async () => {
    refuseNewer(await schemaStatus(database));
    await database.guarded("applying migrations", (source) => source.runMigrations({ transaction: "each" }));
    await database.transaction("describing the schema", async (manager) => {
      await makeViews(manager);
      await writeComments(manager);
    });
    return schemaStatus(database);
  });
}

/** Takes back the newest migration, and the views, which belong to the newest schema only. */
export async function migrateDown(database: Database): Promise<SchemaStatus> {
  return withMigrationLock(database, async () => {
    refuseNewer(await schemaStatus(database));
    await database.transaction("dropping the views", dropViews);
    await database.guarded("taking back a migration", (source) => source.undoLastMigration({ transaction: "each" }));
    return schemaStatus(database);
  });
}

function refuseNewer({ unknown }: SchemaStatus): void {
  if (unknown.length > 0)
    throw invalidConfig("schema_newer", `the database has ${unknown.join(", ")}, which this version does not know: use a newer version`);
}

/** The lock lives in a transaction of its own, so it ends with its connection, however this process ends. */
export async function withMigrationLock<T>(database: Database, work: () => Promise<T>): Promise<T> {
  return database.transaction("migrating", async (manager) => {
    await manager.query("select set_config('lock_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)");
    await manager.query("select pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    return work();
  });
}

const VIEWS_HASH = sha256Of(canonicalJson([VIEWS, FUNCTIONS])).slice(0, 16);

/** What a view is for, and the hash that tells whether all views and functions are this code's. */
const commentOf = ({ about }: View): string => `${about} [${VIEWS_HASH}]`;

async function areViewsCurrent(session: Pick<EntityManager, "query">): Promise<boolean> {
  const sql = `select count(*)::integer as current from unnest($1::text[], $2::text[]) as v (name, comment)
    where obj_description(to_regclass(v.name), 'pg_class') = v.comment`;
  const [found] = await session.query(sql, [VIEWS.map(({ name }) => name), VIEWS.map(commentOf)]);
  return found.current === VIEWS.length;
}

/** All views are remade whenever one of them changed, for they build on each other. */
async function makeViews(manager: EntityManager): Promise<void> {
  if (await areViewsCurrent(manager)) return;
  await dropViews(manager);
  const readers: { role: string }[] = await manager.query(READERS);
  for (const view of VIEWS) {
    await manager.query(`create view ${view.name} as ${view.select}`);
    await manager.query(`comment on view ${view.name} is '${commentOf(view).replaceAll("'", "''")}'`);
    for (const { role } of readers) await manager.query(`grant select on ${view.name} to ${role}`);
  }
  for (const { name, parameters, about, definition } of FUNCTIONS) {
    await manager.query(`create or replace function ${name}(${parameters}) ${definition}`);
    await manager.query(`comment on function ${name} is '${about.replaceAll("'", "''")}'`);
  }
}

/** Who may read the tables may read the views: those that are remade by another user than before get no default rights. */
const READERS = `
select distinct quote_ident(r.rolname) as role
from pg_class c
cross join lateral aclexplode(c.relacl) as granted
join pg_roles r on r.oid = granted.grantee
where c.oid = to_regclass('chunk')
  and granted.privilege_type = 'SELECT'
  and granted.grantee <> c.relowner`;

async function dropViews(manager: EntityManager): Promise<void> {
  for (const { name } of FUNCTIONS) await manager.query(`drop function if exists ${name}`);
  for (const { name } of [...VIEWS].reverse()) await manager.query(`drop view if exists ${name}`);
}
