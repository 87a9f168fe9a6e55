/** Items to their results in order, two being worked on at once: while one waits for a disk or a server, the next is read. */

/** Batches in memory at the same time: each holds a pack, and what it has hashed and not yet packed; a third one would cost 50 MB more. */
const AT_ONCE = 2;

/** Rejects with the first rejection, once none is worked on any more; what was not begun by then is left. */
export async function overlapped<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  const left = items.entries(); // shared: whoever is free takes the next
  let hasFailed = false;
  const place = async (): Promise<void> => {
    for (const [at, item] of left) {
      if (hasFailed) return;
      try {
        results[at] = await work(item);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  for (const ended of await Promise.allSettled(Array.from({ length: AT_ONCE }, place))) if (ended.status === "rejected") throw ended.reason;
  return results;
}
