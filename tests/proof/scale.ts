/**
 * What the programs take of time and memory as the source grows: `make proof ONLY=scale`, about an hour at the sizes that are the default.
 * SIZES_MB, NASTY_MB, WHOLE_MB and TINY_FILES make it smaller. Times are of the processor: those of the clock are shown beside them.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@pipeline/local/embedded-postgres";
import { openDatabase } from "@pipeline/shared/postgres/database";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import { lineThrough } from "../support/line-fit.js";
import { type Measured, measured, measuredChain, memoryBoundMb } from "../support/measured.js";
import { NASTY } from "../support/nasty-texts.js";
import { runSql, withDatabaseName } from "../support/postgres.js";
import { type Trial, writeProof } from "../support/proof.js";
import { hugeFile, longProse, proseFolder, tinyFiles } from "../support/sources-of-size.js";

const numbers = (name: string, fallback: string): number[] => (process.env[name] || fallback).split(",").map(Number);
const sizes = numbers("SIZES_MB", "10,50,250,1000,2000");
const [nastyMb, wholeMb, tinyCount] = ["NASTY_MB:32", "WHOLE_MB:128", "TINY_FILES:100000"].map((given) => {
  const [name, fallback] = given.split(":") as [string, string];
  return numbers(name, fallback)[0]!;
}) as [number, number, number];

const startedAt = performance.now();
const folder = mkdtempSync(join(tmpdir(), "scale-"));
chmodSync(folder, 0o755);
const server = await startEmbeddedPostgres({ dataDir: join(folder, "postgres") });
const trials: Trial[] = [];
const figures: Record<string, unknown> = {};
const rounded = (value: number): number => Math.round(value * 1000) / 1000;
const sumOf = (runs: readonly Measured[], of: (run: Measured) => number): number => runs.reduce((sum, run) => sum + of(run), 0);
const peakOf = (runs: readonly Measured[]): number => Math.round(Math.max(...runs.map(({ peakMb }) => peakMb)));
const hold = (tried: string, held: boolean, outcome: string): void => void trials.push({ tried, times: 1, held: held ? 1 : 0, outcome });
const isWell = (runs: readonly Measured[]): boolean => runs.length > 1 && runs.every(({ code }) => code === 0);

async function freshDatabase(name: string): Promise<string> {
  await runSql(server.url, `create database ${name}`);
  const database = await openDatabase(withDatabaseName(server.url, name));
  await migrateUp(database);
  await database.close();
  return withDatabaseName(server.url, name);
}

/** Makes a source, takes it through the whole chain, and throws everything away but what was measured. */
async function chainOver(name: string, make: (source: string) => void, recipe?: string, judge?: (databaseUrl: string) => Promise<boolean>) {
  const [source, store] = [join(folder, "source"), join(folder, "store")];
  mkdirSync(source);
  make(source);
  const databaseUrl = await freshDatabase(name);
  const runs = await measuredChain({ source: `file://${source}`, store, databaseUrl, ...(recipe && { recipe }) });
  const held = isWell(runs) && ((await judge?.(databaseUrl)) ?? true);
  await runSql(server.url, `drop database ${name} with (force)`);
  for (const made of [source, store]) rmSync(made, { recursive: true, force: true });
  return {
    runs,
    held,
    peakMb: peakOf(runs),
    cpuSeconds: rounded(sumOf(runs, ({ cpuSeconds }) => cpuSeconds)),
    wallSeconds: rounded(sumOf(runs, ({ wallSeconds }) => wallSeconds)),
  };
}

async function growth(): Promise<void> {
  const points: { megabytes: number; cpuSeconds: number; wallSeconds: number; peakMb: number }[] = [];
  const largest = Math.max(...sizes);
  for (const megabytes of sizes) {
    const isLargest = megabytes === largest;
    const hugeMb = megabytes / 4;
    let documents = 0;
    const make = (source: string): void => {
      documents = proseFolder(source, isLargest ? megabytes - hugeMb : megabytes);
      if (isLargest) hugeFile(join(source, "huge.txt"), hugeMb);
    };
    const counted = `select count(*) filter (where failure_code = 'too_large')::integer as huge, count(*)::integer as all from document where verdict <> 'failed' or failure_code = 'too_large'`;
    const judge = async (url: string): Promise<boolean> => {
      const [row] = await runSql(url, counted);
      return row!.huge === Number(isLargest) && row!.all === documents + Number(isLargest);
    };
    const { held, cpuSeconds, wallSeconds, peakMb } = await chainOver(`growth_${megabytes}`, make, undefined, judge);
    points.push({ megabytes: isLargest ? megabytes - hugeMb : megabytes, cpuSeconds, wallSeconds, peakMb });
    if (isLargest) {
      const bound = memoryBoundMb(1);
      hold(`a source of ${megabytes} MB with one file of ${hugeMb} MB among ${documents}`, held, `that one too_large, all others loaded`);
      hold(`memory of each program over ${megabytes} MB`, peakMb <= bound, `${peakMb} MB at most, bound ${bound} MB`);
    } else hold(`a source of ${megabytes} MB`, held, `every document loaded, ${cpuSeconds} s of processor`);
  }
  const fit = lineThrough(points.map(({ megabytes, cpuSeconds }) => [megabytes, cpuSeconds]));
  const perMb = (point: (typeof points)[number]): number => (point.cpuSeconds - fit.intercept) / point.megabytes;
  const bend = perMb(points.at(-1)!) / perMb(points[1] ?? points[0]!);
  const outcome = `${rounded(fit.slope)} s of processor per MB, R² ${rounded(fit.rSquared)}; the largest takes ${rounded(bend)} times as much per MB as the second`;
  hold(`time from ${sizes[0]} MB to ${largest} MB on a line`, fit.rSquared > 0.99 && bend < 1.25, outcome);
  Object.assign(figures, { growth: points, fit });
}

async function nasty(): Promise<void> {
  const bound = memoryBoundMb(nastyMb);
  const kinds: Record<string, object> = {};
  const held = { well: 0, bounded: 0 };
  for (const [kind, make] of Object.entries(NASTY)) {
    const source = (path: string): void => writeFileSync(join(path, "a.txt"), make(nastyMb * 2 ** 20));
    const chain = await chainOver(`nasty_${Object.keys(kinds).length}`, source);
    held.well += Number(chain.held);
    held.bounded += Number(chain.peakMb <= bound);
    kinds[kind] = { peakMb: chain.peakMb, cpuSeconds: chain.cpuSeconds };
    console.log(`${kind}: ${chain.peakMb} MB, ${chain.cpuSeconds} s`);
  }
  const times = Object.keys(NASTY).length;
  const most = Math.max(...Object.values(kinds).map((kind) => (kind as { peakMb: number }).peakMb));
  trials.push({
    tried: `one document of ${nastyMb} MB of each of ${times} nasty kinds`,
    times,
    held: held.well,
    outcome: "every program ends well",
  });
  trials.push({ tried: `memory of each program over these`, times, held: held.bounded, outcome: `${most} MB at most, bound ${bound} MB` });
  Object.assign(figures, { nasty: { megabytes: nastyMb, kinds } });
}

async function whole(): Promise<void> {
  const recipe = join(folder, "whole.yaml");
  writeFileSync(recipe, `extends: default\nname: whole\ndecode: { max_document_bytes: ${wholeMb * 2 ** 20} }\n`);
  const make = (path: string): void =>
    writeFileSync(join(path, "a.txt"), Buffer.from(longProse(1, wholeMb * 2 ** 20)).subarray(0, wholeMb * 2 ** 20));
  const { held, peakMb, cpuSeconds } = await chainOver("whole", make, recipe);
  hold(
    `a document of ${wholeMb} MB where the recipe accepts it`,
    held && peakMb <= memoryBoundMb(wholeMb),
    `${peakMb} MB at most, bound ${memoryBoundMb(wholeMb)} MB; ${cpuSeconds} s of processor`,
  );
}

async function tiny(): Promise<void> {
  const source = join(folder, "tiny");
  tinyFiles(source, tinyCount);
  const run = await measured("ingest", ["--in", `file://${source}`, "--out", `file://${folder}/tiny-store/runs/r1/ingest.json`], {});
  const [cpu, wall] = [tinyCount / run.cpuSeconds, tinyCount / run.wallSeconds].map(Math.round) as [number, number];
  hold(
    `${tinyCount.toLocaleString("en-US")} tiny files in one folder, ingested`,
    run.code === 0 && Math.min(cpu, wall) >= 2000,
    `${wall} files per second by the clock (wanted 2,000), ${cpu} of processor`,
  );
  Object.assign(figures, { tiny: run });
}

try {
  await tiny();
  await growth();
  if (nastyMb > 0) await nasty();
  if (wholeMb > 0) await whole();
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
writeProof({ topic: "scale", title: "Size: time and memory", seed: null, trials, figures }, startedAt);
