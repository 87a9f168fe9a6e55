/** A run that is killed at one point after another and called again until it is done; and everything that must hold afterwards. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { openExistingDatabase } from "@pipeline/local/local-run/existing-database";
import { manifestSchema } from "@pipeline/shared/manifest";
import { differencesOf, fullDump } from "./full-dump.js";
import { type Ended, type KillPoint, processesNaming, runUntil, type Variables } from "./kills.js";
import { runSql } from "./postgres.js";

/** What a run may end with when something of it was killed: done, killed itself, to be tried again, or a bounded retry given up. */
const FAIR: ReadonlySet<number | null> = new Set([0, null, 75, 1]);
/** A store that comes back empty lacks its bucket for a moment, and what one step wrote for the next. */
const FAIR_WITHOUT_STORE: ReadonlySet<number | null> = new Set([...FAIR, 65, 78]);
const MOST_CALLS = 12;
const ORPHANS_MS = 60_000;

export type Dump = Record<string, readonly string[]>;

export interface Chain {
  /** The points that were met; a run may be over before one. */
  readonly hits: readonly KillPoint[];
  readonly calls: number;
  /** How many attempts the lineage calls lost. */
  readonly lost: number;
  /** In words, what does not hold; empty when everything does. */
  readonly problems: readonly string[];
}

/** Kills at each point in turn, then runs on to the end, and looks. */
export async function killChain(
  variables: Variables,
  points: readonly KillPoint[],
  undisturbed: Dump,
  killStore?: () => Promise<void>,
): Promise<Chain> {
  const hits: KillPoint[] = [];
  const problems: string[] = [];
  const left = [...points];
  let calls = 0;
  let last: Ended;
  do {
    last = await runUntil(variables, left, killStore);
    hits.push(...last.hits);
    if (!(killStore ? FAIR_WITHOUT_STORE : FAIR).has(last.exitCode))
      problems.push(`call ${calls} ended with ${last.exitCode}: ${last.output.slice(-400)}`);
  } while (++calls < MOST_CALLS && last.exitCode !== 0);
  if (last.exitCode !== 0) problems.push(`not done after ${MOST_CALLS} calls: ${last.output.slice(-400)}`);
  await orphansEnded(variables.S3_URI || variables.OUT);
  const found = await lookAt(variables);
  problems.push(...differencesOf(undisturbed, found.dump).map((line) => `dump: ${line}`), ...found.problems);
  return { hits, calls, lost: found.lost, problems };
}

/** Tasks whose local run was killed under them work on, and end by themselves. */
async function orphansEnded(place: string): Promise<void> {
  for (const until = Date.now() + ORPHANS_MS; Date.now() < until && processesNaming("/dist/main.js", place).length > 0; ) await delay(100);
}

interface Found {
  readonly dump: Dump;
  readonly lost: number;
  readonly problems: readonly string[];
}

async function lookAt(variables: Variables): Promise<Found> {
  const database = await openExistingDatabase(variables);
  try {
    const dump = await dumpOf(database.url, variables);
    const sums = await runSql(database.url, "select * from run_sums");
    const recorded = await runSql(
      database.url,
      `select concat_ws(' ', l.run_id, l.task, nullif(l.batch_id, ''), a.attempt) as name, a.status
       from lineage_attempt a join lineage l on l.id = a.lineage_id where a.status = 'lost' or l.task = 'lineage'`,
    );
    // Of a lineage that was killed after its last word to the database, the database has that word.
    const told = new Set(recorded.map(({ name }) => String(name)));
    const lost = recorded.filter(({ status }) => status === "lost").length;
    const problems = sums.map((row) => `run_sums: ${JSON.stringify(row)}`);
    if (!variables.S3_URI) problems.push(...(await lookAtStore(join(variables.OUT, "store"), told)));
    for (const folder of ["runs", "postgres", "store"])
      for (const name of await namesIn(join(variables.OUT, folder, ".writing"))) problems.push(`left behind: ${folder}/.writing/${name}`);
    return { dump, lost, problems };
  } finally {
    await database.close();
  }
}

/** The dump of a run's database, the places of its own left out. */
export function dumpOf(url: string, { OUT, S3_URI }: Variables): Promise<Dump> {
  return fullDump(url, { places: [S3_URI || `file://${OUT}/store`, OUT] });
}

/** Every attempt without an end is a lost one; every part is whole and named by a manifest. */
async function lookAtStore(store: string, told: ReadonlySet<string>): Promise<string[]> {
  const names = await namesIn(store);
  const open = names.filter((name) => name.endsWith("-start.json") && !names.includes(name.replace("-start.", "-end.")));
  const untold = open.map(attemptNameOf).filter((attempt) => !told.has(attempt));
  const parts = names.filter((name) => name.startsWith("parts/") && !name.endsWith("manifest.json"));
  const named = new Set<string>();
  const damaged: string[] = [];
  for (const name of names.filter((path) => /^parts\/.*\/manifest\.json$/.test(path))) {
    const manifest = manifestSchema.parse(JSON.parse(await readFile(join(store, name), "utf8")));
    for (const { uri, sha256 } of manifest.parts) {
      const path = uri.slice(uri.indexOf("/store/") + "/store/".length);
      named.add(path);
      const body = await readFile(join(store, path));
      if (createHash("sha256").update(body).digest("hex") !== sha256) damaged.push(`damaged: ${path}`);
      else if (path.endsWith(".gz")) gunzipSync(body);
    }
  }
  const unnamed = parts.filter((path) => !named.has(path) && !path.includes("/document-ids-") && !path.includes("/parts/lineage/"));
  return [...untold.map((name) => `not told as lost: ${name}`), ...damaged, ...unnamed.map((path) => `named by no manifest: ${path}`)];
}

/** runs/R/events/TASK/BATCH/N-start.json -> "R TASK BATCH N". */
function attemptNameOf(key: string): string {
  const [, run, , task, batch, file] = key.split("/") as [string, string, string, string, string, string];
  return [run, task, ...(batch === "run" ? [] : [batch]), file.split("-")[0]].join(" ");
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
