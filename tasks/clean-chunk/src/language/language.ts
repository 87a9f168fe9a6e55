/** The language of a text, or null when it cannot be told: eld's model on a few pieces of the text, whatever its length. */
import { addVotes, readLanguageTable } from "./language-table.js";
import { NgramReader } from "./n-grams.js";

export interface Language {
  /** ISO 639-1. */
  readonly code: string;
  /** eld's score, 0 to 1: running prose in a language it knows has 0.65 to 0.85. */
  readonly confidence: number;
}

const PIECES = 3;
const PIECE_LENGTH = 200; // eld 2.1 reads 350 bytes of what it is given; shorter pieces, so that it reads all three, leave more mails untold (225 of 6,046 for 155)
const MIN_LENGTH = 20; // below that detection is a guess: 96 % at 30 characters, quickly worse

/** eld's bounds of what it trusts. */
const LEAST_NGRAMS = 3;
const LEAST_OF_AVERAGE = 0.75;
const LEAST_MARGIN = 0.01;
/** eld's scale: a score of so much a n-gram is one half. */
const HALF_SCORE = 25;

const table = readLanguageTable();
const ngrams = new NgramReader(new RegExp(table.separators, "gu"), Buffer.from(table.letters, "latin1"));
const scores = new Int32Array(table.codes.length);
const vote = (first: number, second: number): void => addVotes(table, first, second, scores);

/**
 * The language of the text with a confidence, or null when eld would not trust its answer. It knows sixty languages:
 * text in another one is mostly null, sometimes the nearest relative (a margin to the second best cannot tell: Hindi and Marathi,
 * Bulgarian and Russian lie closer than many wrong answers).
 *
 * The answers are those of `eld.detect`, which tests compare; that makes an object of every n-gram and takes six times as long.
 */
export function detectLanguage(text: string): Language | null {
  const sample = sampleOf(text);
  if (sample.length < MIN_LENGTH) return null;
  scores.fill(0);
  const count = ngrams.read(sample, vote);
  const [best, second] = bestTwo();
  if (best < 0 || count < LEAST_NGRAMS) return null;
  const score = scaled(scores[best]!, count);
  // eld compares the score with the second language's index, not its score: kept, as what is told is eld's answer
  const isReliable = score >= table.averages[best]! * LEAST_OF_AVERAGE && Math.abs(score - Math.max(0, second)) >= LEAST_MARGIN;
  return isReliable ? { code: table.codes[best]!, confidence: Math.round(score * 1000) / 1000 } : null;
}

/** How much the start of a text is like the language that it is most like, 0 to 1, however little that is to be trusted. */
export function languageLikeness(text: string): number {
  scores.fill(0);
  const count = ngrams.read(text, vote);
  const [best] = bestTwo();
  return best < 0 ? 0 : scaled(scores[best]!, count);
}

const scaled = (score: number, count: number): number => score / count / (score / count + HALF_SCORE);

/** The languages with the highest scores, the first of equals first; -1 where none has any. */
function bestTwo(): [number, number] {
  let best = -1;
  let second = -1;
  for (let language = 0; language < scores.length; language++) {
    const score = scores[language]!;
    if (score > (scores[best] ?? 0)) {
      second = best;
      best = language;
    } else if (score > (scores[second] ?? 0)) second = language;
  }
  return [best, second];
}

/** Short texts whole; of long ones a piece each at a quarter, the middle and three quarters: headers and footers do not decide. */
function sampleOf(text: string): string {
  if (text.length <= PIECES * PIECE_LENGTH) return text.trim();
  const pieces: string[] = [];
  for (let piece = 1; piece <= PIECES; piece++) {
    const start = Math.floor((text.length * piece) / (PIECES + 1)) - PIECE_LENGTH / 2;
    pieces.push(text.slice(start, start + PIECE_LENGTH).trim());
  }
  return pieces.join("\n");
}
