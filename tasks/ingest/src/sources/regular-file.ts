/** A regular file to its bytes: no link is followed anywhere on its path, and nothing waits for the other end of a pipe. */
import * as fs from "node:fs";
import { promisify } from "node:util";

/** A file of fewer bytes is one piece, read in one call. */
const PIECE_BYTES = 1024 * 1024;
const REST_PIECE_BYTES = 256 * 1024;
/** Reads that take longer than this on average, in ms, are worth waiting for together. */
const SLOW_MS = 2;
const WEIGHT = 0.02; // of the newest in the average: some fifty reads decide

const read = promisify(fs.read);
const ON_THIS_THREAD = { open: fs.openSync, fstat: fs.fstatSync, readlink: fs.readlinkSync, read: fs.readSync };
const BY_THE_POOL = {
  open: promisify(fs.open),
  fstat: promisify<number, fs.Stats>(fs.fstat),
  readlink: promisify(fs.readlink) as (path: string, encoding: "buffer") => Promise<Buffer>,
  read: async (fd: number, buffer: Buffer, offset: number, length: number, position: null) =>
    (await read(fd, buffer, offset, length, position)).bytesRead,
};

export type FileReader = (path: Buffer) => AsyncGenerator<Buffer>;

/**
 * A reader of files, given by their paths without a link in them. The file may have been exchanged since its path was read: what is then
 * no regular file throws ENXIO, what lies elsewhere ELOOP, and what is gone ENOENT.
 * A disk that answers at once is asked on this thread, which costs a tenth of asking through the thread pool; a slow one, as over a
 * network, is asked by the pool, so that a caller who reads ahead waits for several at once.
 */
export function fileReader(): FileReader {
  let meanMs = 0;
  return async function* (path) {
    const isSlow = meanMs > SLOW_MS;
    const { open, ...calls } = isSlow ? BY_THE_POOL : ON_THIS_THREAD;
    const began = performance.now();
    const fd = await open(path, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK);
    try {
      const found = await calls.fstat(fd);
      if (!found.isFile()) throw errnoError("ENXIO");
      refuseElsewhere(path, await calls.readlink(`/proc/self/fd/${fd}`, "buffer"));
      const piece = Buffer.allocUnsafeSlow(Math.min(found.size + 1, PIECE_BYTES)); // one more, to see the end
      const length = await calls.read(fd, piece, 0, piece.length, null);
      if (!isSlow) meanMs += WEIGHT * (performance.now() - began - meanMs);
      yield piece.subarray(0, length);
      // Some file systems give less than was asked for although more is there.
      if (length === piece.length || length < found.size) yield* restOf(fd);
    } finally {
      fs.closeSync(fd);
    }
  };
}

async function* restOf(fd: number): AsyncGenerator<Buffer> {
  for (;;) {
    const piece = Buffer.allocUnsafeSlow(REST_PIECE_BYTES);
    const length = await BY_THE_POOL.read(fd, piece, 0, piece.length, null);
    if (length === 0) return;
    yield piece.subarray(0, length);
  }
}

/** The system itself says where an open file lies: a folder of the path may have become a link before the file was opened. */
function refuseElsewhere(path: Buffer, where: Buffer): void {
  if (where.equals(path)) return;
  throw errnoError(where.toString("latin1").endsWith(" (deleted)") ? "ENOENT" : "ELOOP");
}

export function errnoError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
