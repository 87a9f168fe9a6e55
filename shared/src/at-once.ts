/** Runs work over a list, so many items at once. */

/** Each item is begun in order as soon as one of `limit` places is free. Rejects with the first rejection; the others still end. */
export async function atOnce<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values(); // shared: whoever is free takes the next
  const place = async () => {
    for (const item of left) await work(item);
  };
  const results = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, place));
  for (const result of results) if (result.status === "rejected") throw result.reason;
}
