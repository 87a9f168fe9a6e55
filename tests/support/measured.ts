/** Task programs run one by one over a store on disk, with what each took of processor and memory, as the system itself counted it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Told to the program before it begins: it hands on its own account when it ends. */
const ACCOUNT = 'import { writeSync } from "node:fs"; process.on("exit", () => writeSync(3, JSON.stringify(process.resourceUsage())));';

export interface Measured {
  readonly task: string;
  readonly code: number | null;
  /** All threads, user and system. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** The most memory that was resident at once (VmHWM), in 2^20 bytes. */
  readonly peakMb: number;
}

/** Runs a task's program to its end. */
export async function measured(task: string, args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Measured> {
  const program = fileURLToPath(import.meta.resolve(`@pipeline/${task}/main`));
  const began = performance.now();
  const account = `data:text/javascript,${encodeURIComponent(ACCOUNT)}`;
  const child = spawn(process.execPath, ["--import", account, program, ...args], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  let usage = "";
  child.stdio[3]!.on("data", (piece: Buffer) => (usage += piece));
  await once(child, "close");
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(usage || "{}") as NodeJS.ResourceUsage; // empty: it was killed
  const wallSeconds = (performance.now() - began) / 1000;
  return { task, code: child.exitCode, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, wallSeconds, peakMb: maxRSS / 1024 };
}

export interface Chain {
  /** URI of the source. */
  readonly source: string;
  /** Folder of the object store. */
  readonly store: string;
  readonly databaseUrl: string;
  readonly recipe?: string;
  readonly tasks?: readonly string[];
}

const READS: Readonly<Record<string, string>> = { "clean-chunk": "ingest", validate: "clean-chunk", load: "validate" };

/** The whole chain of a run, batch by batch, lineage at the end. Stops at the first program that fails. */
export async function measuredChain({ source, store, databaseUrl, recipe, tasks = Object.keys(READS) }: Chain): Promise<Measured[]> {
  const run = `file://${store}/runs/r1`;
  const withRecipe = recipe ? [`--recipe=${recipe}`] : [];
  const all = [await measured("ingest", ["--in", source, "--out", `${run}/ingest.json`, ...withRecipe], {})];
  if (all[0]!.code !== 0) return all;
  for (const batch of readdirSync(`${store}/runs/r1/ingest`))
    for (const task of tasks) {
      const args = ["--in", `${run}/${READS[task]}/${batch}`, "--out", `${run}/${task}/${batch}`, ...(task === "load" ? [] : withRecipe)];
      all.push(await measured(task, args, task === "load" ? { DATABASE_URL: databaseUrl } : {}));
      if (all.at(-1)!.code !== 0) return all;
    }
  return all;
}

/** What a program may hold, in 2^20 bytes, where the largest document that is accepted has so many. */
export const memoryBoundMb = (largestMb: number): number => 300 + 12 * largestMb;
