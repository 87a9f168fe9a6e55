/** A small input, what an undisturbed run makes of it, and points to kill at that a seed decides. */
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openExistingDatabase } from "@pipeline/local/local-run/existing-database";
import { randomOf } from "@pipeline/local/sample/random";
import { sampleFiles } from "@pipeline/local/sample/write-sample";
import { type Dump, dumpOf } from "./kill-chain.js";
import { type KillPoint, runUntil, STEPS, type Step, type Variables, type Victim } from "./kills.js";

const EVERY = 125; // of the sample's 1,500 documents: twelve, of many kinds
const START_MS = 600; // what a program needs before it notes its start
const MIGRATE_MS = 1_500;

export interface Undisturbed {
  readonly variables: Variables;
  readonly dump: Dump;
  /** How long each step took, starting included. */
  readonly durationMs: Readonly<Record<Step, number>>;
}

/** Writes some documents of the sample, one of them twice, into `folder`/input and runs over them once. */
export async function runUndisturbed(folder: string, more: Readonly<Record<string, string>> = {}): Promise<Undisturbed> {
  const input = join(folder, "input");
  await mkdir(input, { recursive: true });
  const some = sampleFiles().filter((_, index) => index % EVERY === 0);
  for (const [index, { content }] of some.entries()) await writeFile(join(input, `${index}.txt`), content);
  await cp(join(input, "0.txt"), join(input, "again.txt")); // so that there is a duplicate to mark
  const variables = { INPUT: input, OUT: join(folder, "undisturbed"), JOBS: "2", BATCH_DOCUMENTS: "4", ...more };
  const { exitCode, output } = await runUntil(variables);
  if (exitCode !== 0) throw new Error(`the undisturbed run ended with ${exitCode}: ${output}`);
  const database = await openExistingDatabase(variables);
  try {
    return { variables, dump: await dumpOf(database.url, variables), durationMs: await durationsIn(variables) };
  } finally {
    await database.close();
  }
}

async function durationsIn({ OUT }: Variables): Promise<Record<Step, number>> {
  const durations = Object.fromEntries(STEPS.map((step) => [step, MIGRATE_MS])) as Record<Step, number>;
  const runs = join(OUT, "store/runs");
  const names = await readdir(runs, { recursive: true });
  for (const name of names.filter((path) => path.endsWith("-end.json"))) {
    const { task, at, startedAt } = JSON.parse(await readFile(join(runs, name), "utf8"));
    durations[task as Step] = START_MS + Date.parse(at) - Date.parse(startedAt);
  }
  return durations;
}

/** A point in each step, in the steps' order, at a random moment of its time; the victims are drawn, too. */
export function pointsOf(seed: number, durationMs: Readonly<Record<Step, number>>, victims: readonly Victim[]): KillPoint[] {
  const random = randomOf(`kills ${seed}`);
  return STEPS.map((step) => ({ step, afterMs: random.below(Math.ceil(durationMs[step])), victim: random.pick(victims) }));
}
