/** Items to their results in order, the next few small ones being fetched while the current one is used. */

export interface Sized {
  readonly entry: { readonly bytes: number };
}

/** How many reads are under way at once: opening files is latency, not work. */
const AHEAD = 16;
/** Larger ones are fetched alone, so that what is held stays bounded by one of them. */
const SMALL_BYTES = 256 * 1024;

/** Each item with what `fetch` gives for it, in the items' order. */
export async function* readAhead<T extends Sized, R>(
  items: readonly T[],
  fetch: (item: T, at: number) => Promise<R>,
): AsyncGenerator<[T, R]> {
  const underWay: Promise<R>[] = [];
  for (const [at, item] of items.entries()) {
    for (let next = at + underWay.length; underWay.length < AHEAD && isNext(items, at, next); next++) {
      const fetched = fetch(items[next]!, next);
      fetched.catch(() => {}); // whoever awaits it meets the error; until then it must not count as unhandled
      underWay.push(fetched);
    }
    yield [item, await underWay.shift()!];
  }
}

function isNext(items: readonly Sized[], at: number, next: number): boolean {
  const item = items[next];
  return item !== undefined && (next === at || item.entry.bytes <= SMALL_BYTES);
}
