/** How much of a text is the page around an article: cookie notices, script warnings, filler text, the labels of menus. */
import { mixed } from "@pipeline/shared/text/hash-table";
import { ENDS_LINE, ENDS_SENTENCE, type Scan, scanText } from "@pipeline/shared/text/scan";

export interface BoilerplateSettings {
  /** Found anywhere, word by word whatever the case; the sentence around one counts. */
  readonly phrases: readonly string[];
  /** Found as lines of their own, or side by side in a line of nothing else. */
  readonly labels: readonly string[];
  /** From so many different labels on, every short line without a sentence end counts as one more entry of the menu. */
  readonly min_labels: number;
}

export interface Boilerplate {
  /** Share of letters and digits, 0 to 1. */
  readonly share: number;
  readonly phrases: number;
  readonly labels: number;
}

const REACH = 40; // words to each side that a phrase can take with it when no sentence ends
const LABEL_LINE_WORDS = 60; // a longer line is no row of labels
const LABEL_LINE_SHARE = 0.75; // of its weight in labels makes a line a row of them
const MENU_WORDS = 4;
const MENU_WEIGHT = 30;

/** A matcher for one recipe's phrases and labels: build it once, use it on every document. */
export function boilerplateMatcher(settings: BoilerplateSettings): (scan: Scan) => Boilerplate {
  const phrases = sequencesOf(settings.phrases);
  const labels = sequencesOf(settings.labels);
  return (scan) => {
    const covered = new Uint8Array(scan.stored);
    const found = coverPhrases(scan, phrases, covered);
    const kinds = coverLabels(scan, labels, covered);
    if (kinds >= settings.min_labels && kinds > 0) coverMenuLines(scan, covered);
    return { share: coveredShare(scan, covered), phrases: found, labels: kinds };
  };
}

/** Sequences of word hashes: by length, which hashes of the whole exist; and which words may begin one. */
interface Sequences {
  readonly starts: Uint8Array;
  readonly byLength: readonly { readonly length: number; readonly hashes: ReadonlySet<number> }[];
}

const START_BITS = 0xffff;

function sequencesOf(texts: readonly string[]): Sequences {
  const starts = new Uint8Array(START_BITS + 1);
  const byLength = new Map<number, Set<number>>();
  for (const text of texts.flatMap(readingsOf)) {
    const { hashes, stored } = scanText(text);
    if (stored === 0) continue;
    starts[hashes[0]! & START_BITS] = 1;
    if (!byLength.has(stored)) byLength.set(stored, new Set());
    byLength.get(stored)!.add(sequenceHash(hashes, 0, stored));
  }
  const longestFirst = [...byLength].sort(([a], [b]) => b - a);
  return { starts, byLength: longestFirst.map(([length, hashes]) => ({ length, hashes })) };
}

const IDEOGRAPHS = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]{3,}$/u;

/** Runs of ideographs are read in pairs from where they begin, so that a phrase inside one has two readings: from its first sign, and from its second. */
function readingsOf(text: string): string[] {
  if (!IDEOGRAPHS.test(text)) return [text];
  const pairs = (signs: string) => signs.slice(0, signs.length & ~1);
  return [text, pairs(text), pairs(text.slice(1))];
}

function sequenceHash(hashes: Int32Array, start: number, length: number): number {
  let hash = length;
  for (let word = start; word < start + length; word++) hash = mixed((Math.imul(hash, 31) + hashes[word]!) | 0);
  return hash;
}

/** The hash of the longest sequence that starts at a word and ends before `end`, with its length; length 0 when there is none. */
function sequenceAt({ hashes }: Scan, start: number, end: number, { byLength }: Sequences): { length: number; hash: number } {
  for (const { length, hashes: known } of byLength) {
    if (start + length > end) continue;
    const hash = sequenceHash(hashes, start, length);
    if (known.has(hash)) return { length, hash };
  }
  return { length: 0, hash: 0 };
}

/** Marks the sentences around phrases; returns how many phrases there were. */
function coverPhrases(scan: Scan, phrases: Sequences, covered: Uint8Array): number {
  const { hashes, flags, stored } = scan;
  let found = 0;
  for (let word = 0; word < stored; word++) {
    if (phrases.starts[hashes[word]! & START_BITS] === 0) continue;
    const { length } = sequenceAt(scan, word, stored, phrases);
    if (length === 0) continue;
    found++;
    const border = ENDS_SENTENCE | ENDS_LINE;
    let start = word;
    while (start > 0 && word - start < REACH && !(flags[start - 1]! & border)) start--;
    let end = word + length;
    while (end < stored && end - word < REACH && !(flags[end - 1]! & border)) end++;
    covered.fill(1, start, end);
  }
  return found;
}

/** Marks lines that consist of labels; returns how many different ones there were. */
function coverLabels(scan: Scan, labels: Sequences, covered: Uint8Array): number {
  const kinds = new Set<number>();
  eachLine(scan, (start, end) => {
    if (end - start > LABEL_LINE_WORDS || labels.starts[scan.hashes[start]! & START_BITS] === 0) return;
    const found: number[] = [];
    let matched = 0;
    for (let word = start; word < end; ) {
      const isStart = labels.starts[scan.hashes[word]! & START_BITS] === 1;
      const { length, hash } = isStart ? sequenceAt(scan, word, end, labels) : { length: 0, hash: 0 };
      if (length > 0) found.push(hash);
      matched += weightOf(scan, word, word + length);
      word += Math.max(1, length);
    }
    if (matched < LABEL_LINE_SHARE * weightOf(scan, start, end)) return;
    for (const hash of found) kinds.add(hash);
    covered.fill(1, start, end);
  });
  return kinds.size;
}

/** Marks short lines that end no sentence: beside known labels they are the menu's other entries. */
function coverMenuLines(scan: Scan, covered: Uint8Array): void {
  eachLine(scan, (start, end) => {
    if (end - start > MENU_WORDS || scan.flags[end - 1]! & ENDS_SENTENCE) return;
    if (weightOf(scan, start, end) <= MENU_WEIGHT) covered.fill(1, start, end);
  });
}

function eachLine({ flags, stored }: Scan, visit: (start: number, end: number) => void): void {
  let start = 0;
  for (let word = 0; word < stored; word++) {
    if (!(flags[word]! & ENDS_LINE)) continue;
    visit(start, word + 1);
    start = word + 1;
  }
}

function weightOf({ weights }: Scan, start: number, end: number): number {
  let sum = 0;
  for (let word = start; word < end; word++) sum += weights[word]!;
  return sum;
}

function coveredShare({ weights, stored }: Scan, covered: Uint8Array): number {
  let all = 0;
  let marked = 0;
  for (let word = 0; word < stored; word++) {
    all += weights[word]!;
    if (covered[word]) marked += weights[word]!;
  }
  return all === 0 ? 0 : marked / all;
}
