/** How much of a text says again what it has said: repeated lines, paragraphs, word sequences, as shares of its letters and digits. */
import { HashTable, mixed } from "./hash-table.js";
import { ENDS_LINE, ENDS_PARAGRAPH, type Scan } from "./scan.js";

export type RepetitionMeasure =
  | "duplicate_lines"
  | "duplicate_paragraphs"
  | "top_2_gram"
  | "top_3_gram"
  | "top_4_gram"
  | "duplicate_10_grams";

const table = new HashTable(); // every measure resets it before use and leaves nothing that outlives the call

const FREE_SHARE = 0.2; // a line said twice, or three times with others around it, is still no repetition; three times alone is

/** Each measure as a share, 0 to 1: repeated weight less what is free, over all weight. */
export type Repetition = Readonly<Record<RepetitionMeasure, number>>;

/**
 * The six measures. `freeCharacters` of repetition, but at most a fifth of the text, are forgiven in each: a refrain or a slogan
 * does not condemn a short text.
 */
export function repetitionOf(scan: Scan, freeCharacters: number): Repetition {
  const all = storedWeight(scan);
  const free = Math.min(freeCharacters, all * FREE_SHARE);
  const share = (repeated: number) => Math.min(1, Math.max(0, repeated - free) / Math.max(1, all));
  const [pairs, triples, quadruples] = topGrams(scan, [2, 3, 4]);
  return {
    duplicate_lines: share(repeatedUnits(scan, ENDS_LINE)),
    duplicate_paragraphs: share(repeatedUnits(scan, ENDS_PARAGRAPH)),
    top_2_gram: share(pairs!),
    top_3_gram: share(triples!),
    top_4_gram: share(quadruples!),
    duplicate_10_grams: share(duplicateGrams(scan, 10)),
  };
}

/** Share of a text that lies in sequences of n words seen before in it, 0 to 1. */
export function duplicateShare(scan: Scan, n: number): number {
  return duplicateGrams(scan, n) / Math.max(1, storedWeight(scan));
}

function storedWeight({ weights, stored }: Scan): number {
  let sum = 0;
  for (let word = 0; word < stored; word++) sum += weights[word]!;
  return sum;
}

/** Weight of the second and later copies of lines or paragraphs, compared by their words alone. */
function repeatedUnits({ hashes, weights, flags, stored }: Scan, border: number): number {
  let units = 0;
  for (let word = 0; word < stored; word++) if (flags[word]! & border) units++;
  table.reset(units);
  let repeated = 0;
  let hash = 0;
  let weight = 0;
  for (let word = 0; word < stored; word++) {
    hash = mixed((Math.imul(hash, 31) + hashes[word]!) | 0);
    weight += weights[word]!;
    if (!(flags[word]! & border)) continue;
    const slot = table.slot(hash);
    if (table.counts[slot]!++ > 0) repeated += weight;
    hash = weight = 0;
  }
  return repeated;
}

/**
 * For each n, ascending: weight of the second and later copies of the sequence of n words that takes up most. Copies that overlap the
 * last one do not count, and two of a kind are no pattern. A sequence is no more frequent than its parts, so that only words in
 * sequences of the last n that came three times are looked at for the next.
 */
function topGrams(scan: Scan, sizes: readonly number[]): number[] {
  const isFrequent = new Uint8Array(scan.stored).fill(1);
  let last = 1;
  return sizes.map((n) => {
    const slots = gramSlots(scan, n, n - last, isFrequent);
    last = n;
    let top = 0;
    for (let word = 0; word < slots.length; word++) {
      const copies = slots[word] === NONE ? 0 : table.counts[slots[word]!]! - 1;
      isFrequent[word] = copies >= 2 ? 1 : 0;
      if (copies >= 2) top = Math.max(top, copies * weightOf(scan, word, n));
    }
    return top;
  });
}

const NONE = -1;

/** The table slot of each sequence of n words whose first and `step` later starts are frequent, counted without overlaps. */
function gramSlots({ hashes, stored }: Scan, n: number, step: number, isFrequent: Uint8Array): Int32Array {
  const starts = Math.max(0, stored - n + 1);
  const seed = seedOf(n);
  const slots = new Int32Array(starts);
  table.reset(starts);
  for (let word = 0; word < starts; word++) {
    slots[word] = NONE;
    if (isFrequent[word] === 0 || isFrequent[word + step] === 0) continue;
    const slot = table.slot(mixed((seed + gramSum(hashes, word, n)) | 0));
    slots[word] = slot;
    if (table.counts[slot] !== 0 && word < table.lasts[slot]!) continue;
    table.lasts[slot] = word + n;
    table.counts[slot]!++;
  }
  return slots;
}

function weightOf({ weights }: Scan, start: number, words: number): number {
  let sum = 0;
  for (let word = start; word < start + words; word++) sum += weights[word]!;
  return sum;
}

/** Weight of all words that lie in a sequence of n words seen before, each counted once. */
function duplicateGrams({ hashes, weights, stored }: Scan, n: number): number {
  if (stored < n) return 0;
  table.reset(stored - n + 1);
  const seed = seedOf(n);
  const first = power(n - 1); // of what leaves the sequence
  let sum = gramSum(hashes, 0, n);
  let repeated = 0;
  let covered = 0; // words before this one are counted already
  for (let word = 0; word + n <= stored; word++) {
    if (word > 0) sum = (Math.imul(sum - Math.imul(hashes[word - 1]!, first), GRAM_FACTOR) + hashes[word + n - 1]!) | 0;
    const slot = table.slot(mixed((seed + sum) | 0));
    if (table.counts[slot]!++ === 0) continue;
    for (let at = Math.max(word, covered); at < word + n; at++) repeated += weights[at]!;
    covered = word + n;
  }
  return repeated;
}

const GRAM_FACTOR = 0x01000193;

/** A polynomial of the words, so that the next sequence's follows from it in two steps. */
function gramSum(hashes: Int32Array, start: number, n: number): number {
  let sum = 0;
  for (let offset = 0; offset < n; offset++) sum = (Math.imul(sum, GRAM_FACTOR) + hashes[start + offset]!) | 0;
  return sum;
}

/** What is added to the sum of n words, so that sequences of different lengths differ too. */
const seedOf = (n: number): number => Math.imul(n, power(n));

function power(exponent: number): number {
  let product = 1;
  for (let factor = 0; factor < exponent; factor++) product = Math.imul(product, GRAM_FACTOR);
  return product;
}
