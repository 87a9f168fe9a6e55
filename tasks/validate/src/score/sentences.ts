/** Whether a text consists of sentences: of a normal length, begun and ended as its script does it. */
import { JOINED } from "@pipeline/shared/text/character-classes";
import { ENDS_SENTENCE, FIRST_UPPER, HAS_LOWER, type Scan } from "@pipeline/shared/text/scan";
import { between, type ScoredChunk } from "./components.js";

const LENGTH_WEIGHT = 0.4;
const END_WEIGHT = 0.3;
const START_WEIGHT = 0.2;
const FIRST_WEIGHT = 0.1;

const LONGEST_GOOD = 45; // words; preambles of treaties have more
const TOO_LONG = 120;
const SHORTEST_GOOD = 4;
const TOO_SHORT = 1;

const FEWEST_IN_LINE = 1.5;
const MANY_LINES = 8;

/** 1 for whole sentences of 4 to 45 words that begin and end as their script asks for. */
export function sentenceShape({ scan }: ScoredChunk): number {
  if (scan.stored === 0) return 0;
  if (scan.stored < FEWEST_IN_LINE * scan.lines && scan.lines >= MANY_LINES) return 0; // words set one below the other, lists of them
  if (hasNoSentenceMarks(scan)) return 1; // Thai and Lao part sentences by spaces, if at all: nothing can be missing
  const length = scan.stored / Math.max(1, scan.sentences);
  const isGoodLength = scan.sentences === 0 ? 0 : between(length, TOO_LONG, LONGEST_GOOD) * between(length, TOO_SHORT, SHORTEST_GOOD);
  const ends = scan.endsSentence ? 1 : 0;
  return LENGTH_WEIGHT * isGoodLength + END_WEIGHT * ends + START_WEIGHT * wellBegun(scan) + FIRST_WEIGHT * (beginsWell(scan, 0) ? 1 : 0);
}

function hasNoSentenceMarks({ counts, characters, sentences }: Scan): boolean {
  return sentences === 0 && counts[JOINED]! > characters / 2;
}

/** Share of sentences after the first that begin with a capital, a number, or in a script without case. */
function wellBegun(scan: Scan): number {
  let begun = 0;
  let well = 0;
  for (let word = 1; word < scan.stored; word++) {
    if (!(scan.flags[word - 1]! & ENDS_SENTENCE)) continue;
    begun++;
    if (beginsWell(scan, word)) well++;
  }
  return begun === 0 ? (scan.sentences > 0 ? 1 : 0) : well / begun;
}

const beginsWell = ({ flags }: Scan, word: number): boolean => (flags[word]! & FIRST_UPPER) !== 0 || (flags[word]! & HAS_LOWER) === 0;
