/** Seeded chance: the same name gives the same sequence on every machine, with integer arithmetic only. */

export interface Random {
  /** An integer from 0 to below `limit`. */
  below(limit: number): number;
  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number;
  pick<T>(values: readonly T[]): T;
  /** `count` different values in random order. */
  some<T>(values: readonly T[], count: number): T[];
  digits(count: number): string;
  /** `count` characters of an alphabet. */
  text(alphabet: string, count: number): string;
  bytes(count: number): Buffer;
}

/** FNV-1a over UTF-16 units: spreads names over seeds. */
function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** mulberry32: 32 bits of state, good enough to plant defects, short enough to check by eye. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** Each planter asks by its own name, so that adding one leaves the files of all others as they are. */
export function randomOf(name: string): Random {
  const next = generator(seedOf(name));
  const below = (limit: number) => next() % limit;
  const pick = <T>(values: readonly T[]): T => values[below(values.length)]!;
  const text = (alphabet: string, count: number) => Array.from({ length: count }, () => alphabet[below(alphabet.length)]!).join("");
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    pick,
    some(values, count) {
      const left = [...values];
      return Array.from({ length: Math.min(count, left.length) }, () => left.splice(below(left.length), 1)[0]!);
    },
    digits: (count) => text("0123456789", count),
    text,
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => below(256))),
  };
}
