/** The object store as a folder: a file per key, written aside and moved into place, so that a reader never meets half of one. */
import { type BigIntStats, createReadStream } from "node:fs";
import { link, lstat, mkdir, open, readdir, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { Readable } from "node:stream";
import { errnoOf, invalidConfig } from "../errors.js";
import { sha256Of } from "../ids.js";
import type { ObjectHead, ObjectStore, StoredObject } from "../ports/object-store.js";
import { classified } from "../retryable.js";
import { checkedKey } from "../uri.js";
import { asideIn } from "./aside.js";
import { withFileLock } from "./file-lock.js";

/** Folder below the root of files being written and of locks; no key, list leaves it out, and a crash leaves nothing behind elsewhere. */
const ASIDE = ".writing";

/** Opens (and makes, when missing) the folder `root`. Throws 78 where a key would leave it through a symbolic link. */
export function filesystemObjectStore(root: string): ObjectStore {
  const place = async (key: string): Promise<string> => placeWithin(root, checkedKey(key));
  const aside = asideIn(join(root, ASIDE));
  /** Names the folder too: a full disk is found by where it is mounted. */
  const writing = async <T>(key: string, write: () => Promise<T>): Promise<T> => {
    try {
      return await write();
    } catch (error) {
      throw classified(error, `writing ${key} below ${root}`);
    }
  };
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
      await writing(key, async () => writeAside(await aside(), await place(key), body, rename));
    },
    async putIfAbsent(key, body) {
      // link(2) fails where the name is taken: of many writers exactly one succeeds.
      return writing(key, async () => writeAside(await aside(), await place(key), body, link));
    },
    async replaceIfMatch(key, body, etag) {
      // Compare and replace are two system calls: the lock makes them one among processes.
      const act = async () => {
        const present = await head(key);
        return present !== null && present.etag === etag && writeAside(await aside(), await place(key), body, rename);
      };
      return writing(key, () => withFileLock(join(root, ASIDE, `lock-${sha256Of(key).slice(0, 16)}`), aside, act));
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
  if (isAside(key)) throw invalidConfig("bad_key", `key "${key}": the store keeps ${ASIDE} for itself`);
  await mkdir(root, { recursive: true });
  const realRoot = await realpath(root);
  const path = join(realRoot, key);
  const folder = await realpath(await nearestFolder(dirname(path)));
  if (folder !== realRoot && !folder.startsWith(realRoot + sep))
    throw invalidConfig("bad_key", `key "${key}" leads out of the store by a symbolic link`);
  return path;
}

const isAside = (key: string): boolean => key === ASIDE || key.startsWith(`${ASIDE}/`);

async function nearestFolder(folder: string): Promise<string> {
  for (let current = folder; ; current = dirname(current)) {
    if (await missingIsNull(() => lstat(current), current)) return current;
  }
}

/** Writes to `aside`, flushed to disk, then moves or links into place. False when linking finds the name taken. */
async function writeAside(
  aside: string,
  path: string,
  body: Buffer,
  settle: (from: string, to: string) => Promise<void>,
): Promise<boolean> {
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
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function keysBelow(root: string, prefix: string): Promise<string[]> {
  const start = prefix.slice(0, prefix.lastIndexOf("/") + 1);
  const entries = await missingIsNull(() => readdir(join(root, checkedKey(start)), { recursive: true, withFileTypes: true }), prefix);
  const keys = (entries ?? [])
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, "/").length))
    .filter((key) => key.startsWith(prefix) && !isAside(key));
  return keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
