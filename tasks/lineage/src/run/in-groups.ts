/** Many small reads at once, but not all: what a store takes for one, it takes for thirty. */

const AT_ONCE = 32;

/** What `work` gives for each item, in the items' order; nothing for those where it gives null. */
export async function inGroups<T, R>(items: readonly T[], work: (item: T) => Promise<R | null>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    const group = await Promise.all(items.slice(start, start + AT_ONCE).map(work));
    results.push(...group.filter((result) => result !== null));
  }
  return results;
}
