/** The components of the quality score: each looks at one thing that good prose has in every language, 1 for as good as it gets. */
import type { Recipe } from "@pipeline/shared/recipe";
import type { DocumentRecord } from "@pipeline/shared/records";
import { nonAlphanumericRatio } from "@pipeline/shared/text/non-alphanumeric";
import { duplicateShare } from "@pipeline/shared/text/repetition";
import type { Scan } from "@pipeline/shared/text/scan";
import { sentenceShape } from "./sentences.js";
import { wordShape } from "./word-shape.js";

export type ComponentName = keyof Recipe["score"]["weights"];

/** What is known of the chunk's document; all of it may be missing. */
export type ScoreContext = Partial<Pick<DocumentRecord, "language" | "cleaning" | "encoding" | "metrics">>;

export interface ScoredChunk {
  readonly text: string;
  readonly scan: Scan;
  readonly context: ScoreContext;
}

/** 0 at and below `bad`, 1 at and beyond `good`, straight between; `bad` may be the larger. */
export const between = (value: number, bad: number, good: number): number => Math.min(1, Math.max(0, (value - bad) / (good - bad)));

const WORD_SEPARATORS = /[་༌፡]/g; // Tibetan and Ethiopic write them between words, a quarter of all characters
const REPEATED_WORDS = 5; // sequences of five: legal and liturgical prose repeats up to a seventh of its text so
const WINDOW = 100; // words in which different ones are counted, so that long and short chunks compare
const UNKNOWN_LANGUAGE = 0.5; // not bad: the detector knows sixty languages of seven thousand

export const COMPONENTS: { readonly [Name in ComponentName]: (chunk: ScoredChunk) => number } = {
  /** Prose has 2 to 10 per cent of other characters, where marks that stand in place of spaces are left out. */
  alphanumeric: ({ text }) => between(nonAlphanumericRatio(text.replace(WORD_SEPARATORS, " ")), 0.35, 0.1),
  word_shape: wordShape,
  repetition: ({ scan }) => between(duplicateShare(scan, REPEATED_WORDS), 0.7, 0.15),
  sentences: sentenceShape,
  vocabulary: ({ scan }) => vocabularyOf(scan),
  /** The detector's score of running prose in a language it knows is 0.65 to 0.85. */
  language: ({ context: { language } }) =>
    language ? UNKNOWN_LANGUAGE + (1 - UNKNOWN_LANGUAGE) * between(language.confidence, 0.5, 0.65) : UNKNOWN_LANGUAGE,
  cleaning: ({ scan, context }) => 1 - damageOf(scan, context),
};

/** Different words in windows of a hundred, as a share: prose has more than half, in scripts without spaces more. */
function vocabularyOf({ hashes, stored }: Scan): number {
  if (stored === 0) return 0;
  let different = 0;
  for (let start = 0; start < stored; start += WINDOW) different += new Set(hashes.subarray(start, Math.min(stored, start + WINDOW))).size;
  return between(different / stored, 0.2, 0.5);
}

/** What line rules removed of the document, and unreadable characters in it or here: one in twenty is as bad as it gets. */
function damageOf(scan: Scan, { cleaning, encoding, metrics }: ScoreContext): number {
  const replacedShare = (encoding?.replaced ?? 0) / Math.max(1, metrics?.characters ?? scan.characters);
  const here = scan.replacements / Math.max(1, scan.characters);
  return Math.min(1, 2 * (cleaning?.removedShare ?? 0) + 20 * Math.max(replacedShare, here));
}
