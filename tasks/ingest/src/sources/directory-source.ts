/** A directory to the documents below it: no link is followed, nothing but regular files is opened, nothing is fatal. */
import { constants, type Dirent, lstatSync } from "node:fs";
import { lstat, open, readdir, readlink, realpath, stat } from "node:fs/promises";
import { errnoOf, invalidConfig } from "@pipeline/shared/errors";
import { classified } from "@pipeline/shared/retryable";
import { failureOfErrno } from "./failures.js";
import { errnoError, fileReader } from "./regular-file.js";
import { isDocumentName, type Source, type SourceEntry } from "./source.js";

const SLASH = Buffer.from("/");

/**
 * The documents below `root`, or only below its `partition` folder, without those below `excluded` (a path below the root). A partition that
 * is not there holds nothing; a root that is not there, or a start that may not be listed, is 78.
 */
export function directorySource(root: string, partition: string | null, excluded: string | null = null): Source {
  const read = fileReader();
  let above: Buffer = Buffer.alloc(0); // the root's real path and a slash, known once it is listed
  return {
    async *list() {
      above = await realRoot(root);
      const prefix = Buffer.from(partition === null ? "" : `${partition}/`);
      if (partition !== null && !(await isFolder(Buffer.concat([above, prefix.subarray(0, -1)])))) return;
      const left = excluded === null ? null : Buffer.from(`${excluded}/`);
      yield* below(above, prefix, left);
    },
    open: ({ rawPath }) => read(Buffer.concat([above, rawPath])),
    failureOf: failureOfErrno,
  };
}

/** The root itself may be a link: whoever names it means where it leads. */
async function realRoot(root: string): Promise<Buffer> {
  const found = await orNull(stat(root));
  if (!found?.isDirectory())
    throw invalidConfig("no_such_source", `${root} is no directory: --in must name the folder that holds the documents`);
  const real = await realpath(root, "buffer");
  return real.equals(SLASH) ? SLASH : Buffer.concat([real, SLASH]);
}

async function isFolder(path: Buffer): Promise<boolean> {
  return (await orNull(lstat(path)))?.isDirectory() ?? false;
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
async function* below(above: Buffer, start: Buffer, excluded: Buffer | null): AsyncGenerator<SourceEntry> {
  const pending = [start];
  for (let prefix = pending.pop(); prefix; prefix = pending.pop()) {
    const listed = await entriesOf(Buffer.concat([above, prefix]), prefix, prefix === start);
    for (const entry of listed.documents) yield entry;
    for (const folder of listed.folders) if (!excluded?.equals(folder)) pending.push(folder);
  }
}

interface Listed {
  readonly documents: readonly SourceEntry[];
  /** Their paths below the root, each with a slash at its end. */
  readonly folders: readonly Buffer[];
}

/** What a folder holds; of one that cannot be listed only that. */
async function entriesOf(folder: Buffer, prefix: Buffer, isStart: boolean): Promise<Listed> {
  try {
    return await within(folder, async (opened) =>
      sorted(await readdir(opened, { withFileTypes: true, encoding: "buffer" }), opened, prefix),
    );
  } catch (error) {
    if (isStart) throw classified(error, "listing the source");
    if (failureOfErrno(error) === null) throw error;
    return { documents: [{ rawPath: prefix.subarray(0, -1), bytes: 0, failure: "unreadable_folder" }], folders: [] };
  }
}

/** Hands on a path by which the very folder is reached that lay here when it was opened, whatever others put in its place meanwhile. */
async function within<T>(folder: Buffer, work: (opened: string) => Promise<T>): Promise<T> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    const opened = `/proc/self/fd/${handle.fd}`;
    const where = await readlink(opened, "buffer");
    if (folder.length > 1 && !where.equals(folder.subarray(0, -1))) throw errnoError("ELOOP");
    return await work(opened);
  } finally {
    await handle.close();
  }
}

function sorted(children: readonly Dirent<Buffer>[], opened: string, prefix: Buffer): Listed {
  const documents: SourceEntry[] = [];
  const folders: Buffer[] = [];
  for (const child of children) {
    const rawPath = Buffer.concat([prefix, child.name]);
    if (child.isDirectory()) folders.push(Buffer.concat([rawPath, SLASH]));
    else if (isDocumentName(child.name)) documents.push(entryOf(child, Buffer.concat([Buffer.from(`${opened}/`), child.name]), rawPath));
  }
  return { documents, folders };
}

function entryOf(child: Dirent<Buffer>, path: Buffer, rawPath: Buffer): SourceEntry {
  if (child.isSymbolicLink()) return { rawPath, bytes: 0, failure: "symlink" };
  if (!child.isFile()) return { rawPath, bytes: 0, failure: "not_a_file" };
  try {
    return { rawPath, bytes: lstatSync(path).size, failure: null };
  } catch (error) {
    const failure = failureOfErrno(error);
    if (failure === null) throw error;
    return { rawPath, bytes: 0, failure };
  }
}
