/** Items to their results in order, some being worked on at once: while one waits for a disk or a server, the next is read. */
import { atOnce } from "@pipeline/shared/at-once";

/** Raw bytes of the batches that are packed at the same time: two as large as a pack gets (32 MiB), a third of which would cost 50 MB more. */
const BYTES_AT_ONCE = 64 * 1024 * 1024;
const LEAST_AT_ONCE = 2;
/** More gain nothing: the waiting for the disk is done by a pool of four threads. */
const MOST_AT_ONCE = 6;

/** How many batches of at most `largestBytes` are packed at once: a batch of small files waits for its few writes more than for its reads. */
export function placesFor(largestBytes: number): number {
  return Math.max(LEAST_AT_ONCE, Math.min(MOST_AT_ONCE, Math.floor(BYTES_AT_ONCE / largestBytes)));
}

/** Works on `limit` items at once. Rejects with the first rejection, once none is worked on any more; what was not begun by then is left. */
export async function overlapped<T, R>(items: readonly T[], limit: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let hasFailed = false;
  await atOnce(Array.from(items.entries()), limit, async ([at, item]) => {
    if (hasFailed) return;
    try {
      results[at] = await work(item);
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  });
  return results;
}
