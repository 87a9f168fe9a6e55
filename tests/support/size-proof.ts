/** What the proofs about sizes share: sources taken through the whole chain of programs, on a database each, and what came of it. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@pipeline/local/embedded-postgres";
import { openDatabase } from "@pipeline/shared/postgres/database";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import { type Measured, measuredChain } from "./measured.js";
import { runSql, withDatabaseName } from "./postgres.js";
import { type Trial, writeProof } from "./proof.js";

export interface ChainOfSize {
  readonly held: boolean;
  readonly peakMb: number;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

export interface SizeProof {
  /** For sources of one's own; removed at the end. */
  readonly folder: string;
  readonly trials: Trial[];
  readonly figures: Record<string, unknown>;
  /** Notes one trial. */
  hold(tried: string, held: boolean, outcome: string): void;
  /** Makes a source, takes it through the whole chain, and throws everything away but what was measured. */
  chainOver(name: string, make: (source: string) => void, more?: ChainOptions): Promise<ChainOfSize>;
}

interface ChainOptions {
  readonly recipe?: string;
  /** Whether the database holds what it should. */
  judge?(databaseUrl: string): Promise<boolean>;
}

export const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** Sizes in MB, or one number, that the environment may set. */
export const numbersOf = (name: string, fallback: string): number[] => (process.env[name] || fallback).split(",").map(Number);

/** Runs `work` with a server and a folder of its own, and writes the topic's results. */
export async function proveSizes(topic: string, title: string, work: (proof: SizeProof) => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  const folder = mkdtempSync(join(tmpdir(), `${topic}-`));
  chmodSync(folder, 0o755);
  const server = await startEmbeddedPostgres({ dataDir: join(folder, "postgres") });
  const trials: Trial[] = [];
  const figures: Record<string, unknown> = {};
  try {
    await work({
      folder,
      trials,
      figures,
      hold: (tried, held, outcome) => void trials.push({ tried, times: 1, held: held ? 1 : 0, outcome }),
      chainOver: (name, make, more = {}) => chainOver({ folder, serverUrl: server.url, name }, make, more),
    });
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  writeProof({ topic, title, seed: null, trials, figures }, startedAt);
}

interface Place {
  readonly folder: string;
  readonly serverUrl: string;
  readonly name: string;
}

async function chainOver({ folder, serverUrl, name }: Place, make: (source: string) => void, { recipe, judge }: ChainOptions) {
  const [source, store] = [join(folder, "source"), join(folder, "store")];
  mkdirSync(source);
  make(source);
  const databaseUrl = await freshDatabase(serverUrl, name);
  const runs = await measuredChain({ source: `file://${source}`, store, databaseUrl, ...(recipe && { recipe }) });
  const held = runs.length > 1 && runs.every(({ code }) => code === 0) && ((await judge?.(databaseUrl)) ?? true);
  await runSql(serverUrl, `drop database ${name} with (force)`);
  for (const made of [source, store]) rmSync(made, { recursive: true, force: true });
  return {
    held,
    peakMb: Math.round(Math.max(...runs.map(({ peakMb }) => peakMb))),
    cpuSeconds: rounded(sumOf(runs, ({ cpuSeconds }) => cpuSeconds)),
    wallSeconds: rounded(sumOf(runs, ({ wallSeconds }) => wallSeconds)),
  };
}

const sumOf = (runs: readonly Measured[], of: (run: Measured) => number): number => runs.reduce((sum, run) => sum + of(run), 0);

async function freshDatabase(serverUrl: string, name: string): Promise<string> {
  await runSql(serverUrl, `create database ${name}`);
  const url = withDatabaseName(serverUrl, name);
  const database = await openDatabase(url);
  await migrateUp(database);
  await database.close();
  return url;
}
