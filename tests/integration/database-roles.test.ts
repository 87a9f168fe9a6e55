import { openDatabase } from "@pipeline/shared/postgres/database";
import { grantRoles } from "@pipeline/shared/postgres/roles";
import { migrateDown, migrateUp } from "@pipeline/shared/postgres/schema";
import { expect } from "chai";
import { contextOf, load } from "../support/loading.js";
import { runSql, testServerUrl, useEmptyDatabase } from "../support/postgres.js";

const PREFIX = `roles_${process.pid}`; // roles belong to the whole server

describe("grantRoles(database, prefix)", () => {
  const empty = useEmptyDatabase();
  before(async () => {
    const database = await openDatabase(empty.url);
    await migrateUp(database);
    for (const _ of [1, 2]) expect(await grantRoles(database, PREFIX)).to.have.property("kind", "granted");
    await runSql(empty.url, `create role ${PREFIX}_nobody nologin`, `grant usage on schema public to ${PREFIX}_nobody`);
    for (const role of ["loader", "reader", "nobody"]) await runSql(empty.url, `grant ${PREFIX}_${role} to current_user`);
    await database.close();
  });
  // The database, and with it every right in it, is gone by then.
  after(async () => runSql(await testServerUrl(), ...["loader", "reader", "nobody"].map((role) => `drop role ${PREFIX}_${role}`)));

  const as = (role: string) => openDatabase(`${empty.url}?options=${encodeURIComponent(`-c role=${PREFIX}_${role}`)}`);

  it("lets the loader load, and neither migrate nor change the record of migrations", async () => {
    const loader = await as("loader");
    expect((await load(loader, contextOf(1), { a: { accepted: ["text"] } })).documents.kept).to.equal(1);
    expect(await migrateDown(loader).catch(({ exitCode }) => exitCode)).to.equal(78);
    expect(await loader.query("writing", "delete from schema_migration").catch(({ exitCode }) => exitCode)).to.equal(78);
    await loader.close();
  });

  it("lets the reader read tables and views, and write nothing", async () => {
    const reader = await as("reader");
    expect(await reader.query("reading", "select text from corpus_chunk")).to.deep.equal([{ text: "text" }]);
    for (const table of ["chunk", "document", "lineage"])
      expect(await reader.query("writing", `delete from ${table}`).catch(({ exitCode }) => exitCode)).to.equal(78);
    await reader.close();
  });

  it("is skipped with the reason where the user may make no roles", async () => {
    const nobody = await as("nobody");
    expect(await grantRoles(nobody, PREFIX))
      .to.have.property("reason")
      .that.contains("CREATEROLE");
    await nobody.close();
  });
});
