/** Which run this is: a new one, or the one that was begun with the same settings and never came to its end. */
import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { asideIn } from "@pipeline/shared/adapters/aside";
import { withFileLock } from "@pipeline/shared/adapters/file-lock";
import { canonicalJson, sha256Of } from "@pipeline/shared/ids";
import { isAlive, ownerName } from "@pipeline/shared/owner";
import type { ObjectStore } from "@pipeline/shared/ports/object-store";
import type { Settings } from "./settings.js";

export interface RunPlace {
  readonly id: string;
  /** Number of the first try of each step: above all tries that the run has seen. */
  readonly firstAttempt: number;
  readonly isResumed: boolean;
}

/** What is kept about each run in OUT/runs, so that the newest of a kind is found without asking the object store for a listing. */
interface Kept {
  readonly settings: string;
  /** Name of the process that works on it. */
  readonly owner: string;
}

/** Finds or begins the run. A run whose process is alive is left alone; of two that find the same dead one, one goes on with it. */
export async function claimRun(settings: Settings, store: ObjectStore, now: Date): Promise<RunPlace> {
  const folder = join(settings.out, "runs");
  await mkdir(folder, { recursive: true });
  const aside = asideIn(join(folder, ".writing"));
  return withFileLock(join(folder, ".writing", "lock"), aside, () => claimLocked(settings, store, now, { folder, aside }));
}

interface Claims {
  readonly folder: string;
  aside(): Promise<string>;
}

async function claimLocked(settings: Settings, store: ObjectStore, now: Date, { folder, aside }: Claims): Promise<RunPlace> {
  const same = settingsHash(settings);
  const newest = await newestOf(folder, same);
  const isOpen =
    newest !== null &&
    (newest.owner === ownerName() || !isAlive(newest.owner)) &&
    (await store.head(`runs/${newest.id}/lineage.json`)) === null;
  const id = isOpen ? newest.id : `local.${now.toISOString().replace(/[-:]|\.\d+/g, "")}-${randomBytes(4).toString("hex")}`;
  await keep(await aside(), join(folder, `${id}.json`), { settings: same, owner: ownerName() });
  return { id, firstAttempt: isOpen ? (await lastAttempt(store, id)) + 1 : 1, isResumed: isOpen };
}

/** What must be equal for a run to be continued; how many jobs and which database change nothing in the objects. */
function settingsHash({ source, store, recipe, flags }: Settings): string {
  return sha256Of(canonicalJson({ source, store, recipe: recipe.sha256, flags }));
}

async function newestOf(folder: string, settings: string): Promise<(Kept & { id: string }) | null> {
  const names = (await readdir(folder)).filter((name) => /^local\..*\.json$/.test(name)).sort();
  for (const name of names.reverse()) {
    const kept = await keptIn(join(folder, name));
    if (kept?.settings === settings) return { ...kept, id: name.slice(0, -".json".length) };
  }
  return null;
}

/** Null for what is no record of a run: a damaged file must not stand in the way of new runs. */
async function keptIn(path: string): Promise<Kept | null> {
  try {
    const kept = JSON.parse(await readFile(path, "utf8")) as Partial<Kept>;
    return typeof kept.owner === "string" && typeof kept.settings === "string" ? (kept as Kept) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

async function keep(aside: string, path: string, kept: Kept): Promise<void> {
  await writeFile(aside, JSON.stringify(kept));
  await rename(aside, path); // a kill between the two leaves no half a file
}

async function lastAttempt(store: ObjectStore, id: string): Promise<number> {
  let last = 0;
  for await (const key of store.list(`runs/${id}/events/`)) last = Math.max(last, Number(/(\d+)-(?:start|end)\.json$/.exec(key)?.[1] ?? 0));
  return last;
}
