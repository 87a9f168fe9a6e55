/** A folder for files that are being written: each bears its writer's name, so that what a killed one left is cleared up by the next. */
import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { hasEnded, ownerName } from "../owner.js";

/** Nothing is written for so long: what is older, of a process that cannot be asked for, was left behind. */
const LEFT_MS = 3_600_000;

/** Gives paths of files to be, in a folder that is made, and swept, at the first call. They must be moved or removed by whoever asked. */
export function asideIn(folder: string): () => Promise<string> {
  let ready: Promise<void> | null = null;
  return async () => {
    ready ??= prepare(folder).catch((error: unknown) => {
      ready = null;
      throw error;
    });
    await ready;
    return join(folder, `${ownerName()}-${randomUUID()}`);
  };
}

async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) if (await isLeft(folder, name)) await rm(join(folder, name), { recursive: true, force: true });
}

async function isLeft(folder: string, name: string): Promise<boolean> {
  if (hasEnded(name.split("-")[0]!)) return true;
  const found = await stat(join(folder, name)).catch(() => null); // moved into place meanwhile
  return found !== null && Date.now() - found.mtimeMs > LEFT_MS;
}
