/** A directory to the documents below it: no link is followed, nothing but regular files is opened, nothing is fatal. */
import { constants, type Dirent } from "node:fs";
import { lstat, open, readdir, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { errnoOf, invalidConfig } from "@pipeline/shared/errors";
import { classified } from "@pipeline/shared/retryable";
import { isDocumentName, type Source, type SourceEntry } from "./source.js";

const SLASH = Buffer.from("/");

/** What an errno says about one file alone; others speak of the machine. */
const FAILURES: Readonly<Record<string, string>> = {
  ENOENT: "vanished",
  ENOTDIR: "vanished",
  EACCES: "unreadable",
  EPERM: "unreadable",
  EIO: "unreadable",
  ENXIO: "not_a_file",
  EISDIR: "not_a_file",
  ELOOP: "symlink",
  ENAMETOOLONG: "name_too_long",
};

/** Up to this size a file is read in one call: a stream for each of many small ones costs more than their bytes. */
const ONE_CALL_BYTES = 1024 * 1024;

/** The documents below `root`, or only below its `partition` folder. A partition that is not there holds nothing; a root that is not there is 78. */
export function directorySource(root: string, partition: string | null): Source {
  const above = Buffer.from(`${root}/`);
  return {
    async *list() {
      const start = await startOf(root, partition);
      if (start) yield* below(start.folder, start.prefix);
    },
    async open({ rawPath }) {
      return openRegular(Buffer.concat([above, rawPath]));
    },
    failureOf: (error) => FAILURES[errnoOf(error)] ?? null,
  };
}

async function startOf(root: string, partition: string | null): Promise<{ folder: Buffer; prefix: Buffer } | null> {
  const found = await orNull(stat(root)); // the root itself may be a link: whoever names it means where it leads
  if (!found?.isDirectory())
    throw invalidConfig("no_such_source", `${root} is no directory: --in must name the folder that holds the documents`);
  const prefix = Buffer.from(partition === null ? "" : `${partition}/`);
  const folder = Buffer.concat([Buffer.from(`${root}/`), prefix]);
  if (partition === null) return { folder, prefix };
  const day = await orNull(lstat(folder.subarray(0, -1)));
  return day?.isDirectory() ? { folder, prefix } : null;
}

/** Null for what is not there; what is there and cannot be looked at must not pass for an empty day. */
async function orNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errnoOf(error))) return null;
    throw classified(error, "listing the source");
  }
}

/** Walks without recursion: a folder can be nested deeper than a stack. */
async function* below(folder: Buffer, prefix: Buffer): AsyncGenerator<SourceEntry> {
  const pending = [{ folder, prefix }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { folder: current, prefix: above } = next;
    for (const child of await childrenOf(current)) {
      if (child === null) {
        yield { rawPath: above.length > 0 ? above.subarray(0, -1) : Buffer.from("."), bytes: 0, failure: "unreadable_folder" };
        continue;
      }
      const rawPath = Buffer.concat([above, child.name]);
      const path = Buffer.concat([current, child.name]);
      if (child.isDirectory()) pending.push({ folder: Buffer.concat([path, SLASH]), prefix: Buffer.concat([rawPath, SLASH]) });
      else if (isDocumentName(child.name)) yield await entryOf(child, path, rawPath);
    }
  }
}

/** The entries of a folder, or null alone when it cannot be listed. */
async function childrenOf(folder: Buffer): Promise<readonly (Dirent<Buffer> | null)[]> {
  try {
    return await readdir(folder, { withFileTypes: true, encoding: "buffer" });
  } catch (error) {
    if (errnoOf(error) in FAILURES) return [null];
    throw error;
  }
}

async function entryOf(child: Dirent<Buffer>, path: Buffer, rawPath: Buffer): Promise<SourceEntry> {
  if (child.isSymbolicLink()) return { rawPath, bytes: 0, failure: "symlink" };
  if (!child.isFile()) return { rawPath, bytes: 0, failure: "not_a_file" };
  try {
    return { rawPath, bytes: (await lstat(path)).size, failure: null };
  } catch (error) {
    const failure = FAILURES[errnoOf(error)];
    if (!failure) throw error;
    return { rawPath, bytes: 0, failure };
  }
}

/** Opens without following a link and without waiting for the other end of a pipe: the file may have been exchanged since it was listed. */
async function openRegular(path: Buffer): Promise<Readable> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  let isTaken = false;
  try {
    const found = await file.stat();
    if (!found.isFile()) throw Object.assign(new Error("not a regular file"), { code: "ENXIO" });
    isTaken = found.size > ONE_CALL_BYTES; // then the stream closes the file
    return isTaken ? file.createReadStream({ highWaterMark: 256 * 1024 }) : Readable.from([await file.readFile()]);
  } finally {
    if (!isTaken) await file.close();
  }
}
