/** One pass over a text: characters counted by kind, and its words as numbers (hash, weight, flags) that later measures work on. */
import { TextScanner } from "./text-scanner.js";

export * from "./word-store.js";

export interface Scan {
  readonly characters: number;
  /** Code points by kind: `counts[LETTER]`, `counts[WHITE]` ... */
  readonly counts: Uint32Array;
  readonly upper: number;
  readonly lower: number;
  readonly replacements: number; // U+FFFD
  /** Letters, marks and numbers, where an ideograph or syllable sign counts as three. */
  readonly weight: number;
  /** Letters, marks and numbers in runs longer than any word that mix cases or letters and digits: base64, hexadecimal, keys. */
  readonly coded: number;
  /** Lines with at least one visible character, and runs of them that blank lines part. */
  readonly lines: number;
  readonly paragraphs: number;
  readonly sentences: number;
  /** All words; `hashes` and the rest hold the first MAX_WORDS of them. */
  readonly words: number;
  readonly stored: number;
  readonly hashes: Int32Array;
  readonly weights: Uint8Array;
  readonly flags: Uint16Array;
  /** How the text ends: with a sentence end (quotes and brackets may follow it). */
  readonly endsSentence: boolean;
}

/**
 * The words and counts of a text. Words are runs of letters, marks and numbers; apostrophes and hyphens inside one belong to it.
 * Scripts without spaces give runs of two (Han, kana) or five (Thai and the like) characters in place of words.
 */
export function scanText(text: string): Scan {
  return new TextScanner(text).scan();
}
