/**
 * `make proof ONLY=database`: a million chunks, and what every documented query, view, migration and loader takes on them. The corpus is
 * made once (10 minutes on a quiet machine) and kept in .cache/proof-database until the schema changes. SKIP=search leaves out the index for
 * full text, which takes half of that, and the searches; the result says so.
 */
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmbeddedPostgres } from "@pipeline/local/embedded-postgres";
import { sha256Of } from "@pipeline/shared/ids";
import { openDatabase } from "@pipeline/shared/postgres/database";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import { writeProof } from "../support/proof.js";
import { casesOf } from "./database/cases.js";
import { MAIN, multiply, runPipeline } from "./database/corpus.js";
import { loadRates, loadTrial } from "./database/load.js";
import { Session } from "./database/session.js";
import { speedTrials, timeCases } from "./database/speed.js";
import { datasetSteps, migrateFull, sizesOf, sizeTrial } from "./database/upkeep.js";

const CHUNKS = Number(process.env.CHUNKS ?? 1_000_000);
const IS_SEARCHED = process.env.SKIP !== "search";
const CONNECTIONS = 4; // to fill it; the machine has fewer cores, and others want them too
const FOLDER = fileURLToPath(new URL("../../../.cache/proof-database", import.meta.url));
const MADE = join(FOLDER, "made");
const schema = await readFile(new URL("../../../shared/dist/postgres/migrations/1795478400000-corpus-tables.js", import.meta.url));
const marker = `${CHUNKS} chunks, schema ${sha256Of(schema)}`;

/** What fills the database for a measurement needs no references checked: the rows are copies of rows that were. */
const filling = (url: string): string =>
  `${url}?options=${encodeURIComponent("-c session_replication_role=replica -c maintenance_work_mem=512MB")}`;

async function makeCorpus(): Promise<void> {
  if (existsSync(MADE) && (await readFile(MADE, "utf8")) === marker) return;
  // Without the parts of an earlier run: rows that only found them made cannot be copied alone.
  for (const name of ["server", "out"]) await rm(join(FOLDER, name), { recursive: true, force: true });
  const fast = { fsync: "off", full_page_writes: "off", max_wal_size: "8GB" };
  const server = await startEmbeddedPostgres({ dataDir: join(FOLDER, "server"), settings: fast });
  const database = await openDatabase(filling(server.url), { poolSize: CONNECTIONS, statementTimeoutMs: 0 });
  await migrateUp(database);
  await runPipeline(FOLDER, server.url);
  await multiply(database, CHUNKS, CONNECTIONS, IS_SEARCHED ? [] : ["chunk_tsv_idx"]);
  await database.close();
  await server.stop();
  await writeFile(MADE, marker);
}

const startedAt = performance.now();
await mkdir(FOLDER, { recursive: true });
await chmod(FOLDER, 0o777); // the server, which writes and reads the files of COPY, has an account of its own
await makeCorpus();
let server = await startEmbeddedPostgres({ dataDir: join(FOLDER, "server") });
const session = await Session.open(server.url);
const cases = (await casesOf(session)).filter(({ query }) => IS_SEARCHED || query !== "search");
await session.close();
await server.stop();
const restarted = async (): Promise<Session> => {
  server = await startEmbeddedPostgres({ dataDir: join(FOLDER, "server") });
  return Session.open(server.url);
};
const queries = await timeCases(cases, restarted);
const database = await openDatabase(server.url, { poolSize: 2, statementTimeoutMs: 0 });
const trials = speedTrials(queries);
const sizes = await sizesOf(database);
const figures: Record<string, unknown> = {
  chunks: CHUNKS,
  leftOut: IS_SEARCHED ? [] : ["search"],
  queries,
  sizes,
};
const write = () => writeProof({ topic: "database", title: "A million chunks", seed: null, trials, figures }, startedAt);
write(); // what comes next takes a while, and needs nothing of this
const rates = await loadRates(server.url, FOLDER);
figures.load = rates;
trials.push(loadTrial(rates), sizeTrial(sizes));
figures.datasetSteps = await datasetSteps(database, MAIN);
const migrations = await migrateFull(database);
await rm(MADE);
figures.migrations = migrations;
trials.push({
  tried: "migrating the full database down and up again",
  times: 1,
  held: Number(migrations.isReversed),
  outcome: `nothing left, then the same again; down in ${migrations.downSeconds} s`,
});
write();
await database.close();
await server.stop();
