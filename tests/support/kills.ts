/** A local run and the processes that work for it: found by /proc, killed at a chosen moment, run again until it is done. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(import.meta.resolve("@pipeline/local/local-run"));
const POLL_MS = 5;

export const STEPS = ["migrate", "ingest", "clean-chunk", "validate", "load", "lineage"] as const;
export type Step = (typeof STEPS)[number];
/** `task`: the step's own process; `group`: everything that a terminal would kill; `backend`: any process of the server but its first. */
export const VICTIMS = ["task", "local-run", "group", "postmaster", "backend", "store"] as const;
export type Victim = (typeof VICTIMS)[number];

/** When and whom: so long after the step's first process of this run has appeared. */
export interface KillPoint {
  readonly step: Step;
  readonly afterMs: number;
  readonly victim: Victim;
}

export type Variables = Readonly<Record<string, string>> & { readonly OUT: string };

export interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  /** The points that were met: the run may have ended before. */
  readonly hits: readonly KillPoint[];
}

/** Starts a local run in a process group of its own, as a shell does. */
export function startRun(variables: Readonly<Record<string, string>>): ChildProcess {
  const env = { PATH: process.env.PATH, ...variables };
  return spawn(process.execPath, [PROGRAM], { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
}

/**
 * Runs to the end, killing at the points in turn as long as the run lives; those that it met are taken off the list. `killStore` is told
 * when the store is the victim.
 */
export async function runUntil(
  variables: Variables,
  points: KillPoint[] = [],
  killStore: () => Promise<void> = async () => undefined,
): Promise<Ended> {
  const child = startRun(variables);
  let output = "";
  for (const stream of [child.stdout!, child.stderr!]) stream.on("data", (piece: Buffer) => (output += piece.toString()));
  const closed = once(child, "close");
  const hits: KillPoint[] = [];
  while (points.length > 0 && isRunning(child)) {
    const point = points.shift()!; // also one that is missed: the run was over before
    if (await isStruck(child, point, variables.OUT, killStore)) hits.push(point);
  }
  await closed;
  return { exitCode: child.exitCode, output, hits };
}

/** How long each step's processes live, the longest of each: watched while the run goes on. */
export async function lifetimesOf(child: ChildProcess): Promise<ReadonlyMap<Step, number>> {
  const seen = new Map<number, { step: Step; since: number }>();
  const lifetimes = new Map<Step, number>();
  while (isRunning(child)) {
    for (const pid of childrenOf(child.pid!)) {
      const step = STEPS.find((candidate) => commandOf(pid).includes(programOf(candidate)));
      if (!step) continue;
      const { since } = seen.get(pid) ?? { since: performance.now() };
      seen.set(pid, { step, since });
      lifetimes.set(step, Math.max(lifetimes.get(step) ?? 0, performance.now() - since));
    }
    await delay(2 * POLL_MS);
  }
  return lifetimes;
}

const programOf = (step: Step): string => (step === "migrate" ? "lineage/dist/migrate.js" : `tasks/${step}/dist/main.js`);

const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

async function isStruck(child: ChildProcess, point: KillPoint, out: string, killStore: () => Promise<void>): Promise<boolean> {
  const task = await appeared(child, point.step);
  if (task === null) return false;
  await delay(point.afterMs);
  if (!isRunning(child)) return false;
  if (point.victim === "store") await killStore();
  else if (!victimsOf(point.victim, child.pid!, task, out).some(killed)) return false;
  if (point.victim === "group" || point.victim === "local-run") await once(child, "exit");
  return true;
}

/** The step's first process, as soon as there is one; null when the run ends without. */
async function appeared(child: ChildProcess, step: Step): Promise<number | null> {
  while (isRunning(child)) {
    const found = childrenOf(child.pid!).find((pid) => commandOf(pid).includes(programOf(step)));
    if (found !== undefined) return found;
    await delay(POLL_MS);
  }
  return null;
}

/** Numbers for process.kill; a group is negative. */
function victimsOf(victim: Exclude<Victim, "store">, localRun: number, task: number, out: string): number[] {
  if (victim === "task") return [task];
  if (victim === "local-run") return [localRun];
  if (victim === "group") return [-localRun];
  const server = serverOf(out);
  if (server === null || victim === "postmaster") return server === null ? [] : [server];
  const backends = childrenOf(server);
  const loader = backends.filter((pid) => / pipeline pipeline /.test(commandOf(pid)));
  return loader.length > 0 ? loader : backends.slice(-1);
}

function killed(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    return false; // it has just ended
  }
}

/** The embedded server below OUT, if it runs. */
export function serverOf(out: string): number | null {
  const pid = Number(textOf(join(out, "postgres/data/postmaster.pid")).split("\n")[0]);
  return pid > 0 && commandOf(pid).includes(out) ? pid : null;
}

/** Every process that was called with all of the words in its command line, this one left out. */
export function processesNaming(...words: readonly string[]): number[] {
  const pids = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return pids.filter((pid) => pid !== process.pid && words.every((word) => commandOf(pid).includes(word)));
}

const childrenOf = (pid: number): number[] =>
  textOf(`/proc/${pid}/task/${pid}/children`)
    .split(" ")
    .filter((word) => word !== "")
    .map(Number);

const commandOf = (pid: number): string => textOf(`/proc/${pid}/cmdline`).replaceAll("\0", " ");

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // gone
  }
}
