/**
 * `npm run bench:load`: chunks a second through the loader on one connection, beside the server's own COPY into the same table
 * with all its indexes. Processor time of client and server together: waiting for a busy machine is not counted.
 */
import { readFileSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LoadedDocument } from "@pipeline/load/rows";
import { startEmbeddedPostgres } from "@pipeline/local/embedded-postgres";
import { type Database, openDatabase } from "@pipeline/shared/postgres/database";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import { documentsOf } from "../support/corpora.js";
import { contextOf, documentOf, loadRecords } from "../support/loading.js";

const CHUNK_CHARACTERS = 1800; // about 400 tokens of English
const ROUNDS = 3;

/** Real prose, cut blindly: the database does not mind. */
function documents(): LoadedDocument[] {
  const made = documentsOf("sotu").map((raw, index) => {
    const accepted = raw.toString("utf8").match(new RegExp(`[^]{1,${CHUNK_CHARACTERS}}`, "g")) ?? [];
    return documentOf(`speech-${index}`, { accepted });
  });
  return made.sort((a, b) => (a.document.id < b.document.id ? -1 : 1));
}

const CLOCK_TICKS = 100; // per second, in /proc: the same on every Linux

/** Seconds that the sessions of this program have computed so far. */
async function serverSeconds(database: Database): Promise<number> {
  const sql = "select pid from pg_stat_activity where application_name = 'bench'";
  const sessions = await database.query<{ pid: number }>("measuring", sql);
  // Fields 14 and 15 are user and system time; the name in field 2 may hold spaces.
  const ticks = sessions.map(({ pid }) => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" "));
  return ticks.reduce((sum, fields) => sum + Number(fields[11]) + Number(fields[12]), 0) / CLOCK_TICKS;
}

interface Spent {
  readonly client: number;
  readonly server: number;
}

async function spent(database: Database, work: () => Promise<unknown>): Promise<Spent> {
  const server = await serverSeconds(database);
  const client = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(client);
  return { client: (user + system) / 1e6, server: (await serverSeconds(database)) - server };
}

function report(chunks: number, load: Spent, copy: Spent): void {
  const loadPerSecond = Math.round(chunks / (load.client + load.server));
  const copyPerSecond = Math.round(chunks / copy.server);
  console.log(
    JSON.stringify({ chunks, loadPerSecond, copyPerSecond, ratio: Number((loadPerSecond / copyPerSecond).toFixed(2)), load, copy }),
  );
}

const folder = await mkdtemp(join(tmpdir(), "bench-load-"));
await chmod(folder, 0o777); // the server, which writes and reads the file of COPY, has an account of its own
const server = await startEmbeddedPostgres({ dataDir: join(folder, "server") });
const run = (database: Database, ...statements: string[]) =>
  statements.reduce((before, sql) => before.then(() => database.query("measuring", sql)), Promise.resolve<unknown>(null));

try {
  const database = await openDatabase(server.url, { applicationName: "bench", poolSize: 2 });
  await migrateUp(database);
  const batch = documents();
  const chunks = batch.reduce((sum, { accepted }) => sum + accepted.length, 0);
  const columns =
    "select string_agg(attname, ', ' order by attnum) as names from pg_attribute where attrelid = 'chunk'::regclass and attnum > 0 and attgenerated = ''";
  const [{ names }] = (await database.query<{ names: string }>("measuring", columns)) as [{ names: string }];
  for (let round = 0; round <= ROUNDS; round++) {
    await run(database, "truncate document, lineage, pipeline_run cascade", "checkpoint");
    const load = await spent(database, () => loadRecords(database, contextOf(1), batch));
    if (round === 0) await run(database, `copy chunk (${names}) to '${folder}/chunks'`);
    await run(database, "truncate chunk", "checkpoint");
    const copy = await spent(database, () => run(database, `copy chunk (${names}) from '${folder}/chunks'`));
    if (round > 0) report(chunks, load, copy); // the first round warms the code up
  }
  await database.close();
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
