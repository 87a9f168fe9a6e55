import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Database, openDatabase } from "@pipeline/shared/postgres/database";
import { migrateDown, migrateUp, requireSchema, schemaStatus } from "@pipeline/shared/postgres/schema";
import { VIEWS } from "@pipeline/shared/postgres/views/index";
import { expect } from "chai";
import { runSql, useEmptyDatabase } from "../support/postgres.js";

const RELATIONS = `select concat(relname, ':', relkind) as name from pg_class
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'i') and relname <> 'schema_migration' order by 1`;

describe("migrations", () => {
  const empty = useEmptyDatabase();
  let database: Database;
  before(async () => {
    database = await openDatabase(empty.url);
  });
  after(() => database.close());

  const relations = async (): Promise<unknown[]> => (await runSql(empty.url, RELATIONS)).map(({ name }) => name);

  it("make a schema, take it back without a trace, and make the same again", async () => {
    await migrateUp(database);
    const made = await relations();
    expect(made).to.include.members(["document:r", "chunk:r", "corpus_chunk:v", "chunk_tsv_idx:i"]);
    while ((await schemaStatus(database)).applied.length > 0) await migrateDown(database);
    expect(await relations()).to.deep.equal(["schema_migration_pkey:i"]);
    await migrateUp(database);
    expect(await relations()).to.deep.equal(made);
  });

  it("change nothing when they are applied already, and may run in several processes at once", async () => {
    const many = await Promise.all([1, 2, 3, 4].map(() => openDatabase(empty.url)));
    while ((await schemaStatus(database)).applied.length > 0) await migrateDown(database);
    await Promise.all(many.map(migrateUp));
    await Promise.all(many.map((one) => one.close()));
    expect((await schemaStatus(database)).pending).to.deep.equal([]);
  });

  it("refuse a database that is older or newer than the code, with exit 78 and what to do", async () => {
    await requireSchema(database);
    await runSql(empty.url, "insert into schema_migration (timestamp, name) values (9, 'FromTheFuture9')");
    expect(await requireSchema(database).catch(({ code, exitCode }) => ({ code, exitCode }))).to.deep.equal({
      code: "schema_newer",
      exitCode: 78,
    });
    expect(await migrateUp(database).catch(({ code }) => code)).to.equal("schema_newer");
    await runSql(empty.url, "delete from schema_migration");
    expect(await requireSchema(database).catch(({ message }) => message)).to.contain("run migrate");
    await runSql(empty.url, "drop table schema_migration");
    expect(await requireSchema(database).catch(({ exitCode }) => exitCode)).to.equal(78);
  });
});

describe("views", () => {
  const empty = useEmptyDatabase();

  it("are part of the schema: a task refuses those of another version, and migrate puts them right", async () => {
    const database = await openDatabase(empty.url);
    await migrateUp(database);
    for (const change of ["drop view run_sums", "comment on view run_summary is 'of another version'"]) {
      await runSql(empty.url, change);
      const refusal = await requireSchema(database).catch(({ code, exitCode }) => ({ code, exitCode }));
      expect(refusal, change).to.deep.equal({ code: "schema_older", exitCode: 78 });
      await migrateUp(database);
      await requireSchema(database);
    }
    await database.close();
  });

  it("can all be read on an empty database, and say what they are for", async () => {
    const database = await openDatabase(empty.url);
    await migrateUp(database);
    await database.close();
    for (const { name } of VIEWS) expect(await runSql(empty.url, `select * from ${name}`), name).to.deep.equal([]);
    const [row] = await runSql(empty.url, "select obj_description('run_sums'::regclass, 'pg_class') as about");
    expect(row?.about).to.match(/^Must be empty/);
  });
});

describe("migrate, the program", () => {
  const empty = useEmptyDatabase();
  const run = (...argv: string[]) =>
    spawnSync(process.execPath, [fileURLToPath(import.meta.resolve("@pipeline/lineage/migrate")), ...argv], {
      env: { ...process.env, DATABASE_URL: empty.url },
      encoding: "utf8",
    });

  it("says what is missing, applies it, takes it back, and ends with 0", () => {
    const pending = (result: ReturnType<typeof run>): number => JSON.parse(result.stdout).pending.length;
    const results = [run("--status"), run(), run(), run("--down")];
    expect(results.map(({ status }) => status)).to.deep.equal([0, 0, 0, 0]);
    expect(results.map(pending)).to.deep.equal([1, 0, 0, 1]);
  });

  it("ends with 78 for a call that it does not understand, and never prints the address", () => {
    const { status, stdout, stderr } = run("--up");
    expect(status).to.equal(78);
    expect(stdout + stderr).not.to.contain(`:${new URL(empty.url).password}@`);
  });
});
