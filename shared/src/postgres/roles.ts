/** Two roles with no more rights than they need: the loader changes rows, the reader reads them, neither changes the schema. */
import { invalidConfig } from "../errors.js";
import type { Database, EntityManager } from "./database.js";
import { withMigrationLock } from "./schema.js";

export type RolesOutcome =
  | { readonly kind: "granted"; readonly roles: readonly string[] }
  | { readonly kind: "skipped"; readonly reason: string };

/** Rows that a document's or run's new version replaces; all others are changed where they are, so no loader can lose one. */
const REPLACED = "chunk, rejection, document_signature, signature_band, chunk_statistic";
/** What only migrate writes. */
const OF_MIGRATE = "schema_migration, typeorm_metadata";

interface Role {
  readonly name: string;
  readonly rights: string;
  readonly more: readonly string[];
}

/**
 * Makes <prefix>_loader and <prefix>_reader where they are missing, gives them exactly their rights on what is here and what migrate adds
 * later, and takes the schema from PUBLIC. They cannot log in: grant them to the users that tasks and dashboards connect as. Safe to
 * repeat; skipped without the right to make roles. Throws 78 (`bad_role`) for a role of that name that may do more than either should.
 */
export async function grantRoles(database: Database, prefix: string): Promise<RolesOutcome> {
  const may = "select rolcreaterole or rolsuper as may from pg_roles where rolname = current_user";
  const [user] = await database.query<{ may: boolean }>("reading the rights of this user", may);
  if (!user?.may) return { kind: "skipped", reason: "this user may not make roles (CREATEROLE)" };
  const roles = rolesOf(prefix);
  // Two that change the rights on one table at once would fail; nobody migrates meanwhile either.
  await withMigrationLock(database, () => database.transaction("granting roles", (manager) => grantAll(manager, roles)));
  return { kind: "granted", roles: roles.map(({ name }) => name) };
}

function rolesOf(prefix: string): Role[] {
  const [loader, reader] = [`${prefix}_loader`, `${prefix}_reader`];
  const deletes = `grant delete on ${REPLACED} to ${loader}`;
  const readOnly = `revoke insert, update on ${OF_MIGRATE} from ${loader}`;
  return [
    { name: loader, rights: "select, insert, update", more: [deletes, readOnly] },
    { name: reader, rights: "select", more: [] },
  ];
}

async function grantAll(manager: EntityManager, roles: readonly Role[]): Promise<void> {
  const [{ schema, name }] = await manager.query("select quote_ident(current_schema()) as schema, quote_ident(current_database()) as name");
  await manager.query(`revoke all on schema ${schema} from public`);
  await manager.query(`revoke all on all tables in schema ${schema} from public`);
  await manager.query(`revoke temporary on database ${name} from public`);
  for (const role of roles) await grant(manager, schema, role);
  // lineage keeps its list of what a source holds in a temporary table, and has fresh statistics made where PostgreSQL lets it (17).
  await manager.query(`grant temporary on database ${name} to ${roles[0]!.name}`);
  const [{ version }] = await manager.query("select current_setting('server_version_num')::integer as version");
  if (version >= 170_000) await manager.query(`grant maintain on all tables in schema ${schema} to ${roles[0]!.name}`);
}

async function grant(manager: EntityManager, schema: string, { name, rights, more }: Role): Promise<void> {
  await makeRole(manager, name);
  await manager.query(`revoke all on all tables in schema ${schema} from ${name}`); // what a version before may have given
  await manager.query(`revoke create on schema ${schema} from ${name}`);
  await manager.query(`grant usage on schema ${schema} to ${name}`);
  await manager.query(`grant ${rights} on all tables in schema ${schema} to ${name}`);
  await manager.query(`alter default privileges in schema ${schema} revoke all on tables from ${name}`);
  await manager.query(`alter default privileges in schema ${schema} grant ${rights} on tables to ${name}`);
  for (const sql of more) await manager.query(sql);
}

const POWERS = "select from pg_roles where rolname = $1 and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)";

/** A role belongs to the whole server: another database's migrate may make it at the same time. */
async function makeRole(manager: EntityManager, name: string): Promise<void> {
  await manager.query(`do $$ begin
    if to_regrole('${name}') is null then create role ${name} nologin; end if;
  exception when duplicate_object or unique_violation then null;
  end $$`);
  const powerful: unknown[] = await manager.query(POWERS, [name]);
  if (powerful.length > 0)
    throw invalidConfig(
      "bad_role",
      `the role ${name} is there already and may make roles, databases or more: take that from it, or choose another prefix`,
    );
}
