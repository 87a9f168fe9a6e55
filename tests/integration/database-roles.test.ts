import { spawnSync } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { lineageTask } from "@pipeline/lineage/task";
import { loadTask } from "@pipeline/load/task";
import { type Database, openDatabase } from "@pipeline/shared/postgres/database";
import { QUERIES } from "@pipeline/shared/postgres/queries";
import { grantRoles } from "@pipeline/shared/postgres/roles";
import { migrateDown, migrateUp } from "@pipeline/shared/postgres/schema";
import { VIEWS } from "@pipeline/shared/postgres/views/index";
import { expect } from "chai";
import { contextOf, load } from "../support/loading.js";
import { runSql, testServerUrl, useEmptyDatabase } from "../support/postgres.js";
import { errorOf, folderOf, Pipeline, prose } from "../support/steps.js";

const PREFIX = `roles_${process.pid}`; // roles belong to the whole server
const [LOADER, READER, NOBODY, STRONG] = [`${PREFIX}_loader`, `${PREFIX}_reader`, `${PREFIX}_nobody`, `${PREFIX}_strong_loader`] as const;
const PASSWORD = "of-a-test";

describe("grantRoles(database, prefix)", () => {
  const empty = useEmptyDatabase();
  let owner: Database;
  before(async () => {
    owner = await openDatabase(empty.url);
    await migrateUp(owner);
    for (const _ of [1, 2]) expect(await grantRoles(owner, PREFIX)).to.have.property("kind", "granted");
    await runSql(empty.url, `create role ${NOBODY} nologin`, `create role ${STRONG} nologin createdb`);
    for (const role of [LOADER, READER]) await runSql(empty.url, `create role ${role}_user login password '${PASSWORD}' in role ${role}`);
    await runSql(empty.url, `grant ${NOBODY} to current_user`);
  });
  after(async () => {
    await owner.close();
    const users = [LOADER, READER].map((role) => `${role}_user`);
    // The database, and with it every right in it, may be gone by then or not: both are fine.
    await runSql(empty.url, `drop owned by ${[LOADER, READER, NOBODY, STRONG].join(", ")}`).catch(() => undefined);
    await runSql(await testServerUrl(), ...[...users, LOADER, READER, NOBODY, STRONG].map((role) => `drop role if exists ${role}`));
  });

  const urlOf = (role: string): string => {
    const url = new URL(empty.url);
    [url.username, url.password] = [`${role}_user`, PASSWORD];
    return url.href;
  };
  const attempt = (url: string, sql: string) =>
    runSql(url, sql).then(
      () => "done",
      ({ code }) => code,
    );
  const DENIED = "42501";

  it("lets the loader load, and neither migrate nor change the record of migrations", async () => {
    const loader = await openDatabase(urlOf(LOADER));
    expect((await load(loader, contextOf(1), { a: { accepted: ["text"] } })).documents.kept).to.equal(1);
    expect(await migrateDown(loader).catch(({ exitCode }) => exitCode)).to.equal(78);
    await loader.close();
    for (const sql of ["delete from schema_migration", "insert into typeorm_metadata (type) values ('x')"])
      expect(await attempt(urlOf(LOADER), sql), sql).to.equal(DENIED);
  });

  it("lets the loader neither change the schema, nor empty a table, nor delete what is only ever changed", async () => {
    for (const sql of [
      "create table mine (id integer)",
      "alter table chunk add column mine integer",
      "create index on chunk (token_count)",
      "drop table rejection",
      "drop view run_sums",
      "truncate chunk",
      "delete from document",
      "delete from lineage",
      "create schema mine",
    ])
      expect(await attempt(urlOf(LOADER), sql), sql).to.equal(DENIED);
  });

  it("lets the reader ask every documented question and read every view, and write nothing", async () => {
    for (const { name } of VIEWS) expect(await attempt(urlOf(READER), `select * from ${name} limit 1`), name).to.equal("done");
    const reader = await openDatabase(urlOf(READER));
    const found = QUERIES.find(({ name }) => name === "search")!;
    expect(await reader.query("reading", found.sql, ["corpus", "text", "english"])).to.have.length(1);
    await reader.close();
    for (const table of ["chunk", "document", "lineage", "pipeline_run", "schema_migration"])
      for (const sql of [`delete from ${table}`, `insert into ${table} default values`, `truncate ${table}`])
        expect(await attempt(urlOf(READER), sql), sql).to.equal(DENIED);
    expect(await attempt(urlOf(READER), "create temporary table mine (id integer)")).to.equal(DENIED);
  });

  it("leaves nothing to everybody else", async () => {
    for (const sql of ["select 1 from chunk", "select 1 from run_summary", "create table mine (id integer)"])
      expect(await attempt(`${empty.url}?options=${encodeURIComponent(`-c role=${NOBODY}`)}`, sql), sql).to.be.oneOf([
        DENIED,
        "3F000",
        "42P01",
      ]);
  });

  it("covers what migrate makes later, also views that it makes anew", async () => {
    await runSql(empty.url, "create table later (id integer)", "drop view run_sums");
    await migrateUp(owner);
    expect(await attempt(urlOf(LOADER), "insert into later values (1)")).to.equal("done");
    expect(await attempt(urlOf(READER), "select * from later")).to.equal("done");
    expect(await attempt(urlOf(READER), "select * from run_sums")).to.equal("done");
    await runSql(empty.url, "drop table later");
  });

  it("takes back what the roles have beyond their rights, and may be called by several at once", async () => {
    await runSql(empty.url, `grant truncate, delete on document to ${LOADER}`, `grant insert on chunk to ${READER}`);
    const others = await Promise.all([1, 2, 3].map(() => openDatabase(empty.url)));
    await Promise.all(others.map((other) => grantRoles(other, PREFIX)));
    await Promise.all(others.map((other) => other.close()));
    expect(await attempt(urlOf(LOADER), "truncate document cascade")).to.equal(DENIED);
    expect(await attempt(urlOf(LOADER), "delete from document")).to.equal(DENIED);
    expect(await attempt(urlOf(READER), "insert into chunk default values")).to.equal(DENIED);
  });

  it("refuses a role of that name that may do more than any loader should, and gives it nothing", async () => {
    expect(await errorOf(grantRoles(owner, `${PREFIX}_strong`))).to.include({ code: "bad_role", exitCode: 78 });
    expect(await runSql(empty.url, `select has_table_privilege('${STRONG}', 'chunk', 'select') as may`)).to.deep.equal([{ may: false }]);
  });

  it("is skipped with the reason where the user may make no roles, by the program too", async () => {
    const migrate = fileURLToPath(import.meta.resolve("@pipeline/lineage/migrate"));
    const environment = { PATH: process.env.PATH, DATABASE_URL: urlOf(LOADER) };
    const { status, stdout } = spawnSync(process.execPath, [migrate, "--roles", PREFIX], { env: environment, encoding: "utf8" });
    expect(stdout).to.contain("skipped").and.contain("CREATEROLE");
    expect(status).to.equal(0);
  });

  it("gives the loader all that a whole run needs, retiring what is gone included", async function () {
    this.timeout(120_000);
    const folder = await folderOf({ "a.txt": prose(1), "b.txt": prose(2), "short.txt": "Short." });
    const pipeline = new Pipeline({ environment: { DATABASE_URL: urlOf(LOADER) } });
    const flags = ["--dataset", "as-loader", "--on-missing", "retire"];
    for (const run of ["first", "second"]) {
      const { batches } = await pipeline.ingest(folder, run, flags);
      for (const { id } of batches) {
        await pipeline.cleanChunk(run, id);
        await pipeline.validate(run, id);
        const place = (task: string) => `runs/${run}/${task}/${id}.json`;
        await pipeline.task(loadTask, `file:///pipeline/${place("validate")}`, place("load"));
      }
      await pipeline.task(lineageTask, `file:///pipeline/runs/${run}/`, `runs/${run}/lineage.json`);
      if (run === "first") await rm(join(folder, "b.txt"));
    }
    const left = await runSql(
      empty.url,
      "select path, verdict, retired_at is not null as gone from document where dataset = 'as-loader' order by path",
    );
    expect(left).to.deep.equal([
      { path: "a.txt", verdict: "kept", gone: false },
      { path: "b.txt", verdict: "kept", gone: true },
      { path: "short.txt", verdict: "dropped", gone: false },
    ]);
    expect(await runSql(empty.url, "select * from run_sums")).to.deep.equal([]);
    expect(await runSql(empty.url, "select status from pipeline_run where id = 'second'")).to.deep.equal([{ status: "ok" }]);
  });
});
