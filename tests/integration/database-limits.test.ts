import { chownSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { loadTask } from "@pipeline/load/task";
import { openDatabase } from "@pipeline/shared/postgres/database";
import { grantRoles } from "@pipeline/shared/postgres/roles";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import { expect } from "chai";
import pg from "pg";
import { dropDatabase, runSql, testServerUrl, useEmptyDatabase, withDatabaseName } from "../support/postgres.js";
import { type SmallDisk, smallDisk } from "../support/small-disk.js";
import { longProse } from "../support/sources-of-size.js";
import { errorOf, folderOf, Pipeline } from "../support/steps.js";

const RUN = "r";

/** A batch that is validated and waits to be loaded. */
async function validated(): Promise<{ pipeline: Pipeline; batch: string; folder: string }> {
  const pipeline = new Pipeline();
  const files = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`${n}.txt`, longProse(n, 60_000)]));
  const folder = await folderOf(files);
  const { batches } = await pipeline.ingest(folder, RUN);
  const batch = batches[0]!.id;
  await pipeline.cleanChunk(RUN, batch);
  await pipeline.validate(RUN, batch);
  return { pipeline, batch, folder };
}

describe("load, where the database has come to its limits", function () {
  this.timeout(120_000);
  let work: Awaited<ReturnType<typeof validated>>;
  before(async () => {
    work = await validated();
  });
  after(() => rmSync(work.folder, { recursive: true, force: true }));

  const load = (url: string) => {
    const [from, to] = ["validate", "load"].map((task) => `runs/${RUN}/${task}/${work.batch}.json`);
    return work.pipeline.task(loadTask, `file:///pipeline/${from}`, to!, [], { environment: { DATABASE_URL: url } });
  };
  const rowsIn = (url: string) => runSql(url, "select id, document_id, ordinal, text from chunk order by id");

  describe("of its disk (53100)", () => {
    const name = `test_${process.pid}_full`;
    const folder = mkdtempSync(join(tmpdir(), "tablespace-"));
    const reference = useEmptyDatabase();
    let disk: SmallDisk | null = null;
    let url = "";
    before("a database on a disk of its own", async function () {
      const server = await testServerUrl();
      const [{ data_directory: data }] = (await runSql(server, "show data_directory")) as [{ data_directory: string }];
      disk = smallDisk(folder, 64 * 2 ** 20);
      if (!disk) return this.skip();
      const { uid, gid } = statSync(data);
      chownSync(folder, uid, gid);
      await runSql(server, `create tablespace ${name} location '${folder}'`, `create database ${name} tablespace ${name}`);
      url = withDatabaseName(server, name);
      for (const address of [url, reference.url]) {
        const database = await openDatabase(address);
        await migrateUp(database);
        await database.close();
      }
    });
    after(async () => {
      if (url) await dropDatabase(url);
      if (url) await runSql(await testServerUrl(), `drop tablespace ${name}`);
      disk?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it("ends with 75, says so, and leaves no half of a batch; once there is space, the same rows are there", async () => {
      disk!.leave(100_000);
      expect(await errorOf(load(url))).to.include({
        exitCode: 75,
        message: "loading documents: 53100 disk_full; the database's disk is full: a retry may help once there is space",
      });
      expect(await rowsIn(url)).to.deep.equal([]);
      disk!.grow();
      await load(url);
      await load(reference.url);
      expect(await rowsIn(url))
        .to.deep.equal(await rowsIn(reference.url))
        .and.have.length.above(50);
    });
  });

  describe("of its connections (53300)", () => {
    const empty = useEmptyDatabase();
    const prefix = `limits_${process.pid}`;
    const held: pg.Client[] = [];
    before(async () => {
      const owner = await openDatabase(empty.url);
      await migrateUp(owner);
      await grantRoles(owner, prefix);
      await owner.close();
    });
    afterEach(async () => {
      for (const client of held) await client.end();
    });
    after("drop the roles, once the database is gone", async () => {
      const roles = ["loader_a", "loader_b", "loader", "reader"].map((role) => `drop role if exists ${prefix}_${role}`);
      await runSql(await testServerUrl(), ...roles);
    });

    /** A user of the loader's role whose only connection is taken; gives the address and how to give the connection back. */
    async function exhausted(user: string): Promise<{ url: string; release: () => Promise<void> }> {
      await runSql(empty.url, `create role ${prefix}_${user} login password 'p' connection limit 1 in role ${prefix}_loader`);
      const url = Object.assign(new URL(empty.url), { username: `${prefix}_${user}`, password: "p" }).href;
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      held.push(client);
      return { url, release: () => held.splice(held.indexOf(client), 1)[0]!.end() };
    }

    it("waits for one, and ends with 75 and advice when none comes free", async () => {
      const [soon, never] = [await exhausted("loader_a"), await exhausted("loader_b")];
      const refused = errorOf(load(never.url));
      const loaded = load(soon.url);
      await delay(1_000);
      await soon.release();
      await loaded;
      expect(await rowsIn(empty.url)).to.have.length.above(50);
      expect(await refused).to.include({ exitCode: 75 });
      expect((await refused).message).to.match(/connecting to the database: 53300 too_many_connections; .*max_connections/);
    });
  });
});
