import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@pipeline/local/embedded-postgres";
import { expect } from "chai";
import { runSql, useEmptyDatabase } from "../support/postgres.js";

const SENTINEL = "sentinel-4111-1111-1111-1111";

describe("startEmbeddedPostgres({ dataDir })", function () {
  this.timeout(60_000);
  let dataDir = "";
  before(async () => {
    dataDir = join(await mkdtemp(join(tmpdir(), "embedded-")), "postgres");
  });
  after(() => rm(join(dataDir, ".."), { recursive: true, force: true }));

  it("gives a database that keeps its rows from one start to the next, on the same port", async () => {
    const first = await startEmbeddedPostgres({ dataDir });
    await runSql(first.url, "create table kept (word text)", "insert into kept values ('still here')");
    await first.stop();
    const second = await startEmbeddedPostgres({ dataDir });
    expect(second).to.include({ url: first.url, adopted: false });
    expect(await runSql(second.url, "select word from kept")).to.deep.equal([{ word: "still here" }]);
    await second.stop();
  });

  it("is joined by a second start, and stops with the last that holds it", async () => {
    const first = await startEmbeddedPostgres({ dataDir });
    const second = await startEmbeddedPostgres({ dataDir });
    expect([first.adopted, second.adopted]).to.deep.equal([false, true]);
    await first.stop();
    expect(await runSql(second.url, "select 1 as one")).to.deep.equal([{ one: 1 }]);
    await second.stop();
    expect(await runSql(second.url, "select 1").catch((error) => error.code)).to.equal("ECONNREFUSED");
  });

  it("adopts the server that a killed process left behind", async () => {
    const script = `const { startEmbeddedPostgres } = await import(${JSON.stringify(import.meta.resolve("@pipeline/local/embedded-postgres"))});
      await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} }); process.kill(process.pid, "SIGKILL");`;
    expect(spawnSync(process.execPath, ["--input-type=module", "-e", script]).signal).to.equal("SIGKILL");
    const adopted = await startEmbeddedPostgres({ dataDir });
    expect(adopted.adopted).to.equal(true);
    await adopted.stop();
  });

  it("starts again after the server itself was killed", async () => {
    const first = await startEmbeddedPostgres({ dataDir });
    const pid = Number((await readFile(join(first.home, "data/postmaster.pid"), "utf8")).split("\n")[0]);
    process.kill(pid, "SIGKILL");
    const second = await startEmbeddedPostgres({ dataDir });
    expect(await runSql(second.url, "select word from kept")).to.have.length(1);
    await second.stop();
    await first.stop();
  });

  it("starts once when several processes ask at the same moment", async () => {
    const started = await Promise.all([1, 2, 3].map(() => startEmbeddedPostgres({ dataDir })));
    expect(new Set(started.map(({ url }) => url))).to.have.property("size", 1);
    await Promise.all(started.map(({ stop }) => stop()));
  });

  it("keeps the text of failing rows out of its log", async () => {
    const server = await startEmbeddedPostgres({ dataDir });
    const failing = [`insert into short values ('${SENTINEL}')`, `select '${SENTINEL}'::int`];
    await runSql(server.url, "create table short (word text check (length(word) < 5))");
    for (const statement of failing) expect(await runSql(server.url, statement).catch((error) => error.code)).to.match(/^2/);
    await server.stop();
    const log = await readFile(join(server.home, "server.log"), "utf8");
    expect(log).to.contain("database system is ready").and.not.contain(SENTINEL);
  });
});

describe("startEmbeddedPostgres({ dataDir }), as root in a folder that is closed to others", function () {
  this.timeout(60_000);
  let closed = "";
  const homes = new Set<string>();
  before(async function () {
    if (process.getuid?.() !== 0) this.skip();
    closed = await mkdtemp(join(tmpdir(), "closed-")); // of mode 0700
  });
  after(() => Promise.all([closed, ...homes].map((folder) => folder && rm(folder, { recursive: true, force: true }))));

  async function tables(folder: string, ...statements: string[]): Promise<unknown[]> {
    const server = await startEmbeddedPostgres({ dataDir: join(closed, folder), settings: { fsync: "off" } });
    homes.add(server.home);
    try {
      return await runSql(server.url, ...statements, "select tablename from pg_tables where schemaname = 'public'");
    } finally {
      await server.stop();
    }
  }

  it("keeps its data elsewhere, finds them again, and still when the folder was moved", async () => {
    await tables("first", "create table kept (word text)");
    expect(await tables("first")).to.deep.equal([{ tablename: "kept" }]);
    await rename(join(closed, "first"), join(closed, "moved"));
    expect(await tables("moved")).to.deep.equal([{ tablename: "kept" }]);
    expect([...homes].filter((home) => home.startsWith(closed))).to.deep.equal([]);
  });

  it("is empty in a folder that was removed and made anew", async () => {
    await tables("again", "create table old (word text)");
    await rm(join(closed, "again"), { recursive: true });
    expect(await tables("again")).to.deep.equal([]);
  });

  it("gives no folder away that is not its own, whatever the file says", async () => {
    const victim = join(closed, "victim");
    await mkdir(join(closed, "forged"));
    await mkdir(victim);
    for (const location of [victim, "/var/lib/text-corpus-pipeline/../0123456789abcdef", "/var/lib", ""]) {
      await writeFile(join(closed, "forged", "location"), location);
      const refused = await startEmbeddedPostgres({ dataDir: join(closed, "forged") }).catch((error) => error);
      expect(refused).to.include({ code: "no_server" });
      expect(refused.message).to.contain("location");
    }
    expect((await stat(victim)).uid).to.equal(0);
  });
});

describe("useEmptyDatabase()", () => {
  const database = useEmptyDatabase();

  it("gives an own, empty database", async () => {
    const tables = await runSql(database.url, "select 1 from information_schema.tables where table_schema = 'public'");
    expect(tables).to.deep.equal([]);
  });
});
