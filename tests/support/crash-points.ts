/** The five programs called one by one over a folder, each killed at any of its acts and called again: what it leaves must be the same. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { canonicalJson, sha256Of } from "@pipeline/shared/ids";
import { differencesOf, fullDump } from "./full-dump.js";
import type { Dump } from "./kill-chain.js";
import { createDatabase, dropDatabase } from "./postgres.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const hook = new URL("crash-hook.js", import.meta.url).href;
const RUN = "crash-run";
const READS: Readonly<Record<string, string>> = { "clean-chunk": "ingest", validate: "clean-chunk", load: "validate" };

export const TASKS = ["ingest", "clean-chunk", "validate", "load", "lineage"] as const;
export type Task = (typeof TASKS)[number];

/** What a task left: its objects, each as what must be equal of it, and the database. */
export interface Left {
  readonly objects: Readonly<Record<string, string>>;
  readonly dump: Dump;
}

export interface Crash {
  readonly at: number;
  readonly half: boolean;
}

/** A task before its work, ready to be repeated; made by stage(). */
export interface Stage {
  readonly task: Task;
  /** Holds `store`, which is the same path for all calls, since manifests name it; and a copy of it as it was before each task. */
  readonly folder: string;
  readonly input: string;
  /** Address of the database as it was before. */
  readonly template: string;
  /** A line for each act of an undisturbed call: "rename <path>", "query <sql>". */
  readonly acts: readonly string[];
  readonly undisturbed: Left;
}

/** Runs migrate on a new database. */
export async function migratedDatabase(): Promise<string> {
  const url = await createDatabase();
  const { code, output } = await start([join(root, "tasks/lineage/dist/migrate.js")], { DATABASE_URL: url }).ended;
  if (code !== 0) throw new Error(`migrate ended with ${code}: ${output}`);
  return url;
}

/** Plays the whole run once, undisturbed; keeps each task's world as it was before the task. `input` is a folder of documents. */
export async function stagesOf(input: string, folder: string): Promise<Stage[]> {
  const stages: Stage[] = [];
  await mkdir(join(folder, "store"));
  let template = await migratedDatabase();
  for (const task of TASKS) {
    await cp(join(folder, "store"), join(folder, `before-${task}`), { recursive: true });
    const databaseUrl = await copyOf(template);
    const log = join(folder, `${task}.acts`);
    const { code, output } = await callTask({ task, input, folder }, databaseUrl, 1, { CRASH_LOG: log });
    if (code !== 0) throw new Error(`${task} ended with ${code}: ${output}`);
    const acts = (await readFile(log, "utf8")).trim().split("\n");
    stages.push({ task, folder, input, template, acts, undisturbed: await leftIn(folder, databaseUrl) });
    template = databaseUrl;
  }
  return stages;
}

/** Kills the task at that point and calls it again; in words, what does not hold afterwards. */
export async function crash(stage: Stage, { at, half }: Crash): Promise<string[]> {
  return onStage(stage, async (databaseUrl) => {
    const first = await callTask(stage, databaseUrl, 1, { CRASH_AT: String(at), ...(half && { CRASH_HALF: "1" }) });
    if (first.signal !== "SIGKILL") return [`was not killed, but ended with ${first.code}: ${first.output.slice(-300)}`];
    const again = await callTask(stage, databaseUrl, 2);
    if (again.code !== 0) return [`the next attempt ended with ${again.code}: ${again.output.slice(-300)}`];
    return differencesBetween(stage.undisturbed, await leftIn(stage.folder, databaseUrl));
  });
}

/** Freezes the task at that point, calls it again, lets the frozen one go on to its end; in words, what does not hold afterwards. */
export async function freeze(stage: Stage, at: number): Promise<string[]> {
  return onStage(stage, async (databaseUrl) => {
    const frozen = await startTask(stage, databaseUrl, 1, { CRASH_AT: String(at), CRASH_FREEZE: "1" });
    await hasStopped(frozen.pid);
    const again = await callTask(stage, databaseUrl, 2);
    const manifests = await manifestsIn(stage.folder);
    process.kill(frozen.pid, "SIGCONT");
    const thawed = await frozen.ended;
    if (again.code !== 0) return [`the next attempt ended with ${again.code}: ${again.output.slice(-300)}`];
    if (thawed.code !== 0 && thawed.code !== 75) return [`the frozen one ended with ${thawed.code}: ${thawed.output.slice(-300)}`];
    const found = await manifestsIn(stage.folder);
    const changed = Object.keys(found).filter((name) => found[name] !== manifests[name]);
    const differences = differencesBetween(stage.undisturbed, await leftIn(stage.folder, databaseUrl));
    return [...changed.map((name) => `changed by the frozen one: ${name}`), ...differences];
  });
}

/** The world as it was before the task, given to `act` with the address of its database. */
async function onStage({ task, folder, template }: Stage, act: (databaseUrl: string) => Promise<string[]>): Promise<string[]> {
  await rm(join(folder, "store"), { recursive: true });
  await cp(join(folder, `before-${task}`), join(folder, "store"), { recursive: true });
  const databaseUrl = await copyOf(template);
  try {
    return await act(databaseUrl);
  } finally {
    await dropDatabase(databaseUrl);
  }
}

/** Path -> content of every manifest. */
async function manifestsIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const store = join(folder, "store");
  const entries = await readdir(store, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const manifests = paths.filter((path) => path.endsWith(".json") && !/\/(events\/|report\.json)/.test(path));
  return Object.fromEntries(await Promise.all(manifests.map(async (path) => [path.slice(store.length + 1), await readFile(path, "utf8")])));
}

async function hasStopped(pid: number): Promise<void> {
  while (!/\) T /.test(await readFile(`/proc/${pid}/stat`, "utf8"))) await delay(10);
}

function differencesBetween(expected: Left, found: Left): string[] {
  const names = new Set([...Object.keys(expected.objects), ...Object.keys(found.objects)]);
  const objects = [...names].filter((name) => expected.objects[name] !== found.objects[name]);
  return [...objects.map((name) => `another object: ${name}`), ...differencesOf(expected.dump, found.dump)];
}

const copyOf = (databaseUrl: string): Promise<string> => createDatabase(new URL(databaseUrl).pathname.slice(1));

type Place = Pick<Stage, "task" | "input" | "folder">;
type Variables = Readonly<Record<string, string>>;

async function callTask(place: Place, databaseUrl: string, attempt: number, environment: Variables = {}): Promise<Called> {
  return (await startTask(place, databaseUrl, attempt, environment)).ended;
}

async function startTask({ task, input, folder }: Place, databaseUrl: string, attempt: number, environment: Variables): Promise<Started> {
  const base = `file://${folder}/store/runs/${RUN}`;
  const [batch] = READS[task] ? await readdir(join(folder, "store/runs", RUN, "ingest")) : [];
  const from = task === "ingest" ? `file://${input}` : task === "lineage" ? `${base}/` : `${base}/${READS[task]}/${batch}`;
  const to = batch ? `${base}/${task}/${batch}` : `${base}/${task}.json`;
  const args = ["--import", hook, join(root, "tasks", task, "dist/main.js"), "--in", from, "--out", to];
  return start(args, { DATABASE_URL: databaseUrl, PIPELINE_ATTEMPT: String(attempt), ...environment });
}

interface Called {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

interface Started {
  readonly pid: number;
  readonly ended: Promise<Called>;
}

function start(args: readonly string[], environment: Variables): Started {
  const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => (output += piece.toString()));
  const ended = once(child, "close").then(() => ({ code: child.exitCode, signal: child.signalCode, output }));
  return { pid: child.pid!, ended };
}

/** Times and numbers of attempts left out; events, which are about attempts, left out whole; of pages, which show times, only that they are there. */
async function leftIn(folder: string, databaseUrl: string): Promise<Left> {
  const store = join(folder, "store");
  const entries = await readdir(store, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(store.length + 1));
  const objects: Record<string, string> = {};
  for (const name of names.filter((path) => !path.includes("/events/"))) {
    const body = await readFile(join(store, name));
    if (PAGES.test(name)) objects[name] = body.length > 0 ? "written" : "empty";
    else objects[name] = name.endsWith(".json") ? timelessOf(body.toString()) : sha256Of(body);
  }
  return { objects, dump: await fullDump(databaseUrl, { places: [] }) };
}

/** Objects of a run that tell of its times: their hashes are each run's own, what they say is compared apart. */
const REPORTS = /\/runs\/[^/]+\/(report|datacard|openlineage)/;
const PAGES = /\/(report\.(html|md)|datacard\.md|openlineage\/events\.jsonl)$/;

/** What is of one attempt alone: its times, and how many rows it found written by the one before. */
const TIMELY = new Set(
  "startedAt finishedAt attempt inputs seconds attempts eventTime generatedAt megabytesPerSecond inserted replaced unchanged".split(" "),
);

/** Without those, in an order of its own: a step that finds its parts made reads its counts where the first one added them up. */
function timelessOf(json: string): string {
  const { parts, ...rest } = JSON.parse(json, (key, value) => (TIMELY.has(key) ? undefined : value));
  return canonicalJson({ ...rest, parts: (parts ?? []).filter(({ uri = "" }) => !REPORTS.test(uri)) });
}
