/** A real PostgreSQL for tests: one server per mocha run (or TEST_DATABASE_URL), an own database for each suite that asks. */
import { fileURLToPath } from "node:url";
import { startEmbeddedPostgres } from "@pipeline/local/embedded-postgres";
import pg from "pg";

const CACHE_DIR = fileURLToPath(new URL("../../../.cache/test-postgres", import.meta.url)); // kept between runs: saves making it anew

let server: Promise<{ url: string; stop: () => Promise<void> }> | undefined;

/** The server's maintenance address, starting the embedded one at the first call. */
export async function testServerUrl(): Promise<string> {
  server ??= process.env.TEST_DATABASE_URL
    ? Promise.resolve({ url: process.env.TEST_DATABASE_URL, stop: async () => undefined })
    : startEmbeddedPostgres({ dataDir: CACHE_DIR, settings: { fsync: "off", full_page_writes: "off" } }).then(async (started) => {
        await dropLeftovers(started.url);
        return started;
      });
  return (await server).url;
}

/** Programs that no mocha runs, such as proofs, call this at their end. */
export async function stopTestServer(): Promise<void> {
  await (await server)?.stop();
}

if ("after" in globalThis)
  after("stop the test server", async function () {
    this.timeout(30_000);
    await stopTestServer();
  });

/** Runs statements, one by one, as an own session. */
export async function runSql(url: string, ...statements: readonly string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  } finally {
    await client.end();
  }
}

let made = 0;

/** Creates an empty database, or a copy of `template`, and returns its address. */
export async function createDatabase(template = "template1"): Promise<string> {
  const url = await testServerUrl();
  const name = `test_${process.pid}_${++made}`;
  await runSql(url, `create database ${name} template ${template}`);
  return withDatabaseName(url, name);
}

export async function dropDatabase(url: string): Promise<void> {
  await runSql(await testServerUrl(), `drop database if exists ${new URL(url).pathname.slice(1)} with (force)`);
}

export function withDatabaseName(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** For a describe block: an empty database of its own, made before its tests and dropped after them. Read `url` inside tests only. */
export function useEmptyDatabase(): { readonly url: string } {
  const database = { url: "" };
  before("create a database", async function () {
    this.timeout(60_000);
    database.url = await createDatabase();
  });
  after("drop the database", () => dropDatabase(database.url));
  return database;
}

/** Databases of test processes that were killed. */
async function dropLeftovers(url: string): Promise<void> {
  for (const { datname } of await runSql(url, "select datname from pg_database where datname like 'test\\_%'")) {
    if (!isAlive(Number(String(datname).split("_")[1]))) await runSql(url, `drop database if exists ${datname} with (force)`);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
