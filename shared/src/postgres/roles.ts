/** Two roles with no more rights than they need: the loader changes rows, the reader reads them, neither changes the schema. */
import type { Database, EntityManager } from "./database.js";

export type RolesOutcome =
  | { readonly kind: "granted"; readonly roles: readonly string[] }
  | { readonly kind: "skipped"; readonly reason: string };

const RIGHTS = { loader: "select, insert, update, delete", reader: "select" } as const;

/**
 * Makes <prefix>_loader and <prefix>_reader where they are missing, and grants them their rights on all tables and views that are here.
 * They cannot log in: grant them to the users that tasks and dashboards connect as. Safe to repeat; skipped without the right to make roles.
 */
export async function grantRoles(database: Database, prefix: string): Promise<RolesOutcome> {
  const may = "select rolcreaterole or rolsuper as may from pg_roles where rolname = current_user";
  const [user] = await database.query<{ may: boolean }>("reading the rights of this user", may);
  if (!user?.may) return { kind: "skipped", reason: "this user may not make roles (CREATEROLE)" };
  const roles = Object.entries(RIGHTS).map(([name, rights]) => ({ role: `${prefix}_${name}`, rights }));
  await database.transaction("granting roles", async (manager) => {
    for (const { role, rights } of roles) await grant(manager, role, rights);
  });
  return { kind: "granted", roles: roles.map(({ role }) => role) };
}

async function grant(manager: EntityManager, role: string, rights: string): Promise<void> {
  const [{ exists, schema }] = await manager.query("select to_regrole($1) is not null as exists, quote_ident(current_schema()) as schema", [
    role,
  ]);
  if (!exists) await manager.query(`create role ${role} nologin`);
  await manager.query(`grant usage on schema ${schema} to ${role}`);
  // What the schema gets later, and what only migrate may touch: default rights cover the one, a revocation the other.
  await manager.query(`grant ${rights} on all tables in schema ${schema} to ${role}`);
  await manager.query(`alter default privileges in schema ${schema} grant ${rights} on tables to ${role}`);
  await manager.query(`revoke insert, update, delete on schema_migration, typeorm_metadata from ${role}`);
}
