/** The loader beside COPY, into the full table with all its indexes, over one, two and four connections. */
import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { LoadedDocument } from "@pipeline/load/rows";
import { type Database, openDatabase } from "@pipeline/shared/postgres/database";
import { documentsOf } from "../../support/corpora.js";
import { contextOf, documentOf, loadRecords } from "../../support/loading.js";
import type { Trial } from "../../support/proof.js";
import { columnsOf } from "./corpus.js";

const CHUNK_CHARACTERS = 1800; // about 400 tokens of English
const CONNECTIONS = [1, 2, 4] as const;
/** Of each number of connections; one more before them, which warms up caches and compilers, does not count. */
const ROUNDS = 3;

interface Spent {
  readonly wallSeconds: number;
  /** Of the server's processes. */
  readonly serverSeconds: number;
  /** Of this program. */
  readonly clientSeconds: number;
}

export interface LoadRate {
  readonly connections: number;
  readonly chunks: number;
  readonly load: Spent;
  readonly copy: Spent;
  /** Processor time of COPY, as a share of what the loader and its server spend on the same rows. */
  readonly ratio: number;
}

const LEAST_RATIO = 0.85;

/** What one connection reaches beside COPY, and what more of them give. */
export function loadTrial(rates: readonly LoadRate[]): Trial {
  const [one, ...more] = rates;
  const { chunks, load, copy, ratio } = one!;
  const perSecond = (spent: Spent): number => Math.round(chunks / spent.wallSeconds);
  const others = more.map((rate) => `over ${rate.connections} connections ${rate.ratio}, ${perSecond(rate.load)} a second`);
  return {
    tried: `loading ${chunks} chunks with their documents over one connection`,
    times: 1,
    held: Number(ratio >= LEAST_RATIO),
    outcome: `at least ${LEAST_RATIO} of COPY's speed, by processor time: ${ratio}; by the clock ${perSecond(load)} chunks a second, COPY ${perSecond(copy)}; ${others.join("; ")}`,
  };
}

/** Real prose, cut blindly: the database does not mind. Names differ between rounds, so that no row is there yet. */
function batches(round: string, count: number): LoadedDocument[][] {
  const all = documentsOf("sotu").map((raw, index) => {
    const accepted = raw.toString("utf8").match(new RegExp(`[^]{1,${CHUNK_CHARACTERS}}`, "g")) ?? [];
    return documentOf(`${round}-${index}`, { accepted });
  });
  const sorted = all.sort((a, b) => (a.document.id < b.document.id ? -1 : 1));
  return Array.from({ length: count }, (_, at) => sorted.filter((_, index) => index % count === at));
}

export async function loadRates(url: string, folder: string): Promise<LoadRate[]> {
  const rates: LoadRate[] = [];
  for (const connections of CONNECTIONS) {
    const databases = await Promise.all(
      Array.from({ length: connections }, () => openDatabase(url, { poolSize: 1, statementTimeoutMs: 0 })),
    );
    const rounds: LoadRate[] = [];
    for (let round = 0; round <= ROUNDS; round++) rounds.push(await measure(databases, folder, `${connections}-${round}`));
    rates.push(medianOf(rounds.slice(1)));
    await Promise.all(databases.map((database) => database.close()));
    console.log(rates.at(-1));
  }
  return rates;
}

const medianOf = (rates: readonly LoadRate[]): LoadRate => rates.toSorted((a, b) => a.ratio - b.ratio)[rates.length >> 1]!;

async function measure(databases: readonly Database[], folder: string, round: string): Promise<LoadRate> {
  const connections = databases.length;
  const parts = batches(`bench-${round}`, connections);
  const chunks = parts.flat().reduce((sum, { accepted }) => sum + accepted.length, 0);
  const load = await spent(await pidsOf(databases), () =>
    Promise.all(parts.map((batch, at) => loadRecords(databases[at]!, contextOf(1), batch))),
  );
  const names = (await columnsOf(databases[0]!, "chunk")).join(", ");
  const files = parts.map((_, at) => join(folder, `bench.${at}`));
  const ids = parts.map((batch) => batch.map(({ document }) => `'${document.id}'`).join(", "));
  for (const [at, file] of files.entries())
    await databases[0]!.query("measuring", `copy (select ${names} from chunk where document_id in (${ids[at]})) to '${file}'`);
  await databases[0]!.query("measuring", `delete from chunk where document_id in (${ids.join(", ")})`);
  await databases[0]!.query("measuring", "vacuum chunk");
  const copy = await spent(await pidsOf(databases), () =>
    Promise.all(files.map((file, at) => databases[at]!.query("measuring", `copy chunk (${names}) from '${file}'`))),
  );
  await databases[0]!.query("measuring", `delete from document where id in (${ids.join(", ")})`); // their chunks go with them
  for (const file of files) await rm(file);
  const ratio = Math.round((100 * copy.serverSeconds) / (load.serverSeconds + load.clientSeconds)) / 100;
  return { connections, chunks, load, copy, ratio };
}

/** Asked anew before each measurement: a pool lets go of a connection that nobody has used for a while. */
const pidsOf = (databases: readonly Database[]): Promise<number[]> => Promise.all(databases.map(pidOf));

async function pidOf(database: Database): Promise<number> {
  return (await database.query<{ pid: number }>("measuring", "select pg_backend_pid() as pid"))[0]!.pid;
}

/** Seconds on a processor: the first figure of schedstat, in nanoseconds. */
const serverSeconds = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => sum + Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e9, 0);

async function spent(pids: readonly number[], work: () => Promise<unknown>): Promise<Spent> {
  const [wall, server, client] = [performance.now(), serverSeconds(pids), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(client);
  const rounded = (value: number): number => Math.round(value * 1000) / 1000;
  return {
    wallSeconds: rounded((performance.now() - wall) / 1000),
    serverSeconds: rounded(serverSeconds(pids) - server),
    clientSeconds: rounded((user + system) / 1e6),
  };
}
