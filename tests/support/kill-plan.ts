/** A small input, what an undisturbed run makes of it, and points to kill at that a seed decides. */
import { once } from "node:events";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openExistingDatabase } from "@pipeline/local/local-run/existing-database";
import { randomOf } from "@pipeline/local/sample/random";
import { sampleFiles } from "@pipeline/local/sample/write-sample";
import { type Dump, dumpOf } from "./kill-chain.js";
import { type KillPoint, lifetimesOf, STEPS, type Step, startRun, type Variables, type Victim } from "./kills.js";

const EVERY = 125; // of the sample's 1,500 documents: twelve, of many kinds

export interface Undisturbed {
  readonly variables: Variables;
  readonly dump: Dump;
  /** How long each step's program lived: on a busy machine most of that is its start. */
  readonly durationMs: ReadonlyMap<Step, number>;
}

/** Every so-manieth document of the sample, and the first of them twice, so that there is a duplicate to mark. */
export async function writeDocuments(folder: string, every: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const some = sampleFiles().filter((_, index) => index % every === 0);
  for (const [index, { content }] of some.entries()) await writeFile(join(folder, `${index}.txt`), content);
  await cp(join(folder, "0.txt"), join(folder, "again.txt"));
}

/** Writes some documents into `folder`/input and runs over them once. */
export async function runUndisturbed(folder: string, more: Readonly<Record<string, string>> = {}): Promise<Undisturbed> {
  const input = join(folder, "input");
  await writeDocuments(input, EVERY);
  const variables = { INPUT: input, OUT: join(folder, "undisturbed"), JOBS: "2", BATCH_DOCUMENTS: "4", ...more };
  const child = startRun(variables);
  let output = "";
  for (const stream of [child.stdout!, child.stderr!]) stream.on("data", (piece: Buffer) => (output += piece.toString()));
  const closed = once(child, "close");
  const durationMs = await lifetimesOf(child);
  const [exitCode] = await closed;
  if (exitCode !== 0) throw new Error(`the undisturbed run ended with ${exitCode}: ${output}`);
  const database = await openExistingDatabase(variables);
  try {
    return { variables, dump: await dumpOf(database.url, variables), durationMs };
  } finally {
    await database.close();
  }
}

/** A point in each step, in the steps' order, at a random moment of its time; the victims are drawn, too. */
export function pointsOf(seed: number, durationMs: ReadonlyMap<Step, number>, victims: readonly Victim[]): KillPoint[] {
  const random = randomOf(`kills ${seed}`);
  return STEPS.map((step) => ({ step, afterMs: random.below(Math.ceil(durationMs.get(step) ?? 1_000)), victim: random.pick(victims) }));
}
