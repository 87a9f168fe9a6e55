import { PassThrough } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { inspect } from "node:util";
import { createLogger, errorFields } from "@pipeline/shared/logger";
import { type Database, openDatabase } from "@pipeline/shared/postgres/database";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import { expect } from "chai";
import { contextOf, documentOf, loadRecords } from "../support/loading.js";
import { runSql, useEmptyDatabase } from "../support/postgres.js";

const SENTINEL = "sentinel-4111-1111-1111-1111";

describe("errors of the database", () => {
  const empty = useEmptyDatabase();
  let database: Database;
  before(async () => {
    database = await openDatabase(empty.url);
    await migrateUp(database);
  });
  after(() => database.close());

  /** All that anybody could print of an error, and the line that our logger writes of it. */
  function spoken(error: unknown): string {
    const lines = new PassThrough();
    createLogger("info", { task: "load" }, lines).error("failed", errorFields(error));
    return [inspect(error, { depth: 10, showHidden: true }), (error as Error).stack, JSON.stringify(error), lines.read()].join("\n");
  }

  const failures: Readonly<Record<string, () => Promise<unknown>>> = {
    "a value of the wrong type": () => database.query("reading", "select $1::integer", [SENTINEL]),
    "a syntax error beside a text": () => database.query("reading", `selec '${SENTINEL}'`),
    "a broken rule of a table": () =>
      database.transaction("writing", (manager) => manager.query("insert into chunk_statistic values ($1, $1, $1, $1, 1)", [SENTINEL])),
    "a repository's insert": () =>
      database.transaction("writing", (manager) => manager.getRepository("Document").insert({ id: contextOf(1).load.id, path: SENTINEL })),
    "a server that does not exist": () => openDatabase(`postgres://user:${SENTINEL}@127.0.0.1:1/none`),
    "a password that is wrong": () => openDatabase(empty.url.replace(/:[^:@/]+@/, `:${SENTINEL}@`)),
    "an address that is none": () => openDatabase(`mysql://user:${SENTINEL}@127.0.0.1/none`),
  };
  for (const [name, fail] of Object.entries(failures)) {
    it(`say nothing of the data or the password: ${name}`, async () => {
      const error = await fail().then(
        () => expect.fail("no error"),
        (thrown: unknown) => thrown,
      );
      expect(spoken(error)).not.to.contain(SENTINEL);
    });
  }

  it("say nothing of a refused document but its id, the SQLSTATE and the rule", async () => {
    const document = documentOf("poison", { accepted: [`${SENTINEL}\0`] });
    const { refused } = await loadRecords(database, contextOf(1), [document]);
    expect(refused).to.have.length(1);
    expect(refused.join()).not.to.contain(SENTINEL);
  });

  it("end as try-again when the server cuts the connection in the middle of a transaction", async () => {
    const cut = database.transaction("loading", async (manager) => {
      const [{ pid }] = await manager.query("select pg_backend_pid() as pid");
      await runSql(empty.url, `select pg_terminate_backend(${pid})`);
      await manager.query("select 1");
    });
    expect(await cut.catch(({ code, exitCode }) => ({ code, exitCode }))).to.deep.equal({ code: "unavailable", exitCode: 75 });
    expect(await database.query("reading", "select 1 as one")).to.deep.equal([{ one: 1 }]);
  });

  it("do not end a transaction that met a deadlock: it is tried again", async () => {
    await database.query("making", "create table pair (id integer primary key, n integer)");
    await database.query("making", "insert into pair values (1, 0), (2, 0)");
    let holding = 0;
    const bump = (first: number, second: number) =>
      database.transaction("bumping", async (manager) => {
        await manager.query("update pair set n = n + 1 where id = $1", [first]);
        for (holding++; holding < 2; ) await delay(5); // until both hold the row that the other one wants
        await manager.query("update pair set n = n + 1 where id = $1", [second]);
      });
    await Promise.all([bump(1, 2), bump(2, 1)]);
    expect(await database.query("reading", "select n from pair")).to.deep.equal([{ n: 2 }, { n: 2 }]);
    expect(holding).to.be.greaterThan(2);
  });
});
