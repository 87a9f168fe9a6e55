/** What the judge is told about a document, and what it measures itself before the rules look at it. */
import type { Cleaning, Encoding } from "@pipeline/shared/records";
import { IDEOGRAPH, JOINED, LETTER, MARK, NUMBER, SYMBOL, WHITE } from "@pipeline/shared/text/character-classes";
import { type Scan, scanText } from "@pipeline/shared/text/scan";

export interface DocumentFacts {
  /** The cleaned text. */
  readonly text: string;
  /** Null for a text that was never bytes. */
  readonly encoding: Encoding | null;
  /** What showed that the bytes are no text: a known format, or a share of NUL; null when nothing did. */
  readonly binary: { readonly magic?: string | null; readonly share?: number | null } | null;
  /** Length of the decoded text before cleaning; the cleaned text's own when left out. */
  readonly decodedCharacters?: number;
  readonly cleaning: Cleaning | null;
}

export interface MeasuredDocument extends DocumentFacts {
  readonly scan: Scan;
  readonly visible: number;
  /** Letters and marks, without those of base64, hexadecimal and the like. */
  readonly letters: number;
}

/** The facts with the text's characters and words counted. */
export function measured(facts: DocumentFacts): MeasuredDocument {
  const scan = scanText(facts.text);
  const { counts, characters } = scan;
  const letters = Math.max(0, counts[LETTER]! + counts[IDEOGRAPH]! + counts[JOINED]! + counts[MARK]! - scan.coded);
  return { ...facts, scan, visible: characters - counts[WHITE]!, letters };
}

/** Numbers about the text that are stored with every document, kept or dropped. */
export function metricsOf({ scan, visible, letters }: MeasuredDocument): Record<string, number> {
  const share = (part: number, whole: number) => rounded(whole === 0 ? 0 : part / whole);
  return {
    characters: scan.characters,
    visibleCharacters: visible,
    words: scan.words,
    lines: scan.lines,
    paragraphs: scan.paragraphs,
    sentences: scan.sentences,
    lettersShare: share(letters, visible),
    numbersShare: share(scan.counts[NUMBER]!, visible),
    symbolsShare: share(scan.counts[SYMBOL]!, visible),
    upperCaseShare: share(scan.upper, scan.upper + scan.lower),
    meanWordLength: share(scan.weight, scan.words),
  };
}

/** Six decimals: enough for any threshold, and the same text on every machine. */
export const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
