/** The object store as a folder: a file per key, written aside and moved into place, so that a reader never meets half of one. */
import { randomUUID } from "node:crypto";
import { type BigIntStats, createReadStream } from "node:fs";
import { link, lstat, mkdir, open, readdir, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { Readable } from "node:stream";
import { errnoOf, invalidConfig, tryAgain } from "../errors.js";
import { sha256Of } from "../ids.js";
import type { ObjectHead, ObjectStore, StoredObject } from "../ports/object-store.js";
import { classified } from "../retryable.js";
import { checkedKey } from "../uri.js";

/** Files being written carry this prefix; list leaves them out, and a crash leaves nothing else behind. */
const ASIDE = ".writing-";
const LOCK = ".lock-";

/** Opens (and makes, when missing) the folder `root`. Throws 78 where a key would leave it through a symbolic link. */
export function filesystemObjectStore(root: string): ObjectStore {
  const place = async (key: string): Promise<string> => placeWithin(root, checkedKey(key));
  const head = async (key: string): Promise<ObjectHead | null> =>
    missingIsNull(async () => headOf(await stat(await place(key), BIGINT)), key);
  return {
    async get(key) {
      return missingIsNull(async () => readWhole(await place(key)), key);
    },
    async stream(key, range) {
      const path = await place(key);
      if (!(await missingIsNull(() => lstat(path), key))) return null;
      if (range && range.end <= range.start) return Readable.from([]);
      return createReadStream(path, range && { start: range.start, end: range.end - 1 });
    },
    head,
    async put(key, body) {
      await writeAside(await place(key), body, rename);
    },
    async putIfAbsent(key, body) {
      // link(2) fails where the name is taken: of many writers exactly one succeeds.
      return writeAside(await place(key), body, link);
    },
    async replaceIfMatch(key, body, etag) {
      const path = await place(key);
      return withLock(path, async () => {
        const present = await head(key);
        return present !== null && present.etag === etag && writeAside(path, body, rename);
      });
    },
    async *list(prefix) {
      for (const key of await keysBelow(root, prefix)) yield key;
    },
    async delete(key) {
      await rm(await place(key), { force: true });
    },
  };
}

const BIGINT = { bigint: true } as const;

/** Objects are only ever exchanged whole, by a new file moved into place: its inode and time to the nanosecond tell versions apart. */
function headOf(found: BigIntStats): ObjectHead {
  if (!found.isFile()) throw Object.assign(new Error("not a file"), { code: "EISDIR" });
  return { sizeBytes: Number(found.size), etag: `${found.ino}-${found.mtimeNs}-${found.size}` };
}

/** Body and version of one and the same file, also when it is exchanged meanwhile. */
async function readWhole(path: string): Promise<StoredObject> {
  const file = await open(path, "r");
  try {
    const head = headOf(await file.stat(BIGINT));
    return { body: await file.readFile(), ...head };
  } finally {
    await file.close();
  }
}

async function missingIsNull<T>(read: () => Promise<T>, key: string): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    // EISDIR: "a/b" is stored, so "a" is a folder and no object.
    if (["ENOENT", "ENOTDIR", "EISDIR"].includes(errnoOf(error))) return null;
    throw classified(error, `reading ${key}`);
  }
}

/** The file of a key, when the nearest folder that exists lies inside the root even after its symbolic links are followed. */
async function placeWithin(root: string, key: string): Promise<string> {
  await mkdir(root, { recursive: true });
  const realRoot = await realpath(root);
  const path = join(realRoot, key);
  const folder = await realpath(await nearestFolder(dirname(path)));
  if (folder !== realRoot && !folder.startsWith(realRoot + sep))
    throw invalidConfig("bad_key", `key "${key}" leads out of the store by a symbolic link`);
  return path;
}

async function nearestFolder(folder: string): Promise<string> {
  for (let current = folder; ; current = dirname(current)) {
    if (await missingIsNull(() => lstat(current), current)) return current;
  }
}

/** Writes beside the target, flushed to disk, then moves or links into place. False when linking finds the name taken. */
async function writeAside(path: string, body: Buffer, settle: (from: string, to: string) => Promise<void>): Promise<boolean> {
  const aside = join(dirname(path), `${ASIDE}${randomUUID()}`);
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(aside, "wx");
    try {
      await file.writeFile(body);
      await file.sync(); // the name must not appear before the bytes are safe
    } finally {
      await file.close();
    }
    await settle(aside, path);
    return true;
  } catch (error) {
    if (settle === link && errnoOf(error) === "EEXIST") return false;
    throw classified(error, "writing an object");
  } finally {
    await rm(aside, { force: true });
  }
}

/** Compare and replace are two system calls: a lock file makes them one among processes. A lock whose owner is dead is taken over. */
async function withLock<T>(path: string, act: () => Promise<T>): Promise<T> {
  const lock = join(dirname(path), `${LOCK}${sha256Of(path).slice(0, 16)}`);
  await mkdir(dirname(path), { recursive: true });
  for (let left = 100; !(await writeAside(lock, Buffer.from(String(process.pid)), link)); left--) {
    if (left === 0) throw tryAgain("locked", "another process holds the lock of an object; a retry may help");
    await removeIfOwnerIsDead(lock);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  try {
    return await act();
  } finally {
    await rm(lock, { force: true });
  }
}

async function removeIfOwnerIsDead(lock: string): Promise<void> {
  const owner = await missingIsNull(() => readFile(lock, "utf8"), lock);
  if (owner === null) return;
  try {
    process.kill(Number(owner), 0); // signal 0 only asks whether the process is there
  } catch (error) {
    if (errnoOf(error) === "ESRCH") await rm(lock, { force: true });
  }
}

async function keysBelow(root: string, prefix: string): Promise<string[]> {
  const start = prefix.slice(0, prefix.lastIndexOf("/") + 1);
  const entries = await missingIsNull(() => readdir(join(root, checkedKey(start)), { recursive: true, withFileTypes: true }), prefix);
  const keys = (entries ?? [])
    .filter((entry) => entry.isFile() && !entry.name.startsWith(ASIDE) && !entry.name.startsWith(LOCK))
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, "/").length))
    .filter((key) => key.startsWith(prefix));
  return keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
