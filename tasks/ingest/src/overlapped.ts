/** Items to their results in order, two being worked on at once: while one waits for a disk or a server, the next is read. */
import { atOnce } from "@pipeline/shared/at-once";

/** Batches in memory at the same time: each holds a pack, and what it has hashed and not yet packed; a third one would cost 50 MB more. */
const LIMIT = 2;

/** Rejects with the first rejection, once none is worked on any more; what was not begun by then is left. */
export async function overlapped<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let hasFailed = false;
  await atOnce(Array.from(items.entries()), LIMIT, async ([at, item]) => {
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
