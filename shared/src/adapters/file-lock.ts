/** A lock among processes on one file system: a file that names its holder, taken over when that process has ended. */
import { link, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { errnoOf, tryAgain } from "../errors.js";
import { hasEnded, ownerName } from "../owner.js";

const WAIT_MS = 20;
/** What is done under a lock takes milliseconds: a holder that we cannot see, on another machine or in another container, is dead by then. */
const STALE_MS = 60_000;

/**
 * Holds the lock `path` while it acts. `aside` gives paths of files to be, on the same file system. Throws 75 (`locked`) when the lock is
 * held by a living process for twice as long as anyone may.
 */
export async function withFileLock<T>(path: string, aside: () => Promise<string>, act: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 2 * STALE_MS;
  while (!(await isTaken(path, await aside()))) {
    if (Date.now() > deadline) throw tryAgain("locked", "another process holds the lock of an object; a retry may help");
    await removeStale(path, await aside());
    await delay(WAIT_MS);
  }
  try {
    return await act();
  } finally {
    await rm(path, { force: true });
  }
}

/** Written aside and linked, so that a lock never stands there without the name of its holder. */
async function isTaken(path: string, aside: string): Promise<boolean> {
  try {
    await writeFile(aside, ownerName(), { flag: "wx" });
    await link(aside, path); // fails where the name is taken: of many takers exactly one succeeds
    return true;
  } catch (error) {
    if (errnoOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

/** Moved away first: of many that found it stale one removes it, and a lock that was taken in that very moment is put back. */
async function removeStale(path: string, aside: string): Promise<void> {
  if (!(await isStale(path))) return;
  try {
    await rename(path, aside);
    if (!(await isStale(aside))) await link(aside, path);
  } catch (error) {
    if (!["ENOENT", "EEXIST"].includes(errnoOf(error))) throw error; // another was quicker
  } finally {
    await rm(aside, { force: true });
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    const [name, { mtimeMs }] = await Promise.all([readFile(path, "utf8"), stat(path)]);
    return hasEnded(name) || Date.now() - mtimeMs > STALE_MS;
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return false; // released
    throw error;
  }
}
