/** A decoded document becomes clean text of which every slice knows its bytes in the raw file. */
import type { Edit } from "@pipeline/shared/edits";
import type { Cleaning, Encoding } from "@pipeline/shared/records";
import { decodeBytes } from "../decode/codecs.js";
import type { Decoded } from "../decode/decode.js";
import { type EditMap, Editor } from "./editor.js";
import { alphanumericCount } from "./letters.js";
import { type CleanSettings, runSteps } from "./run-steps.js";

export type { CleanSettings } from "./run-steps.js";

/** Where a slice of the cleaned text lies in the raw file. `exact`: cleaning just these bytes again gives the slice. */
export interface Origin {
  readonly start: number;
  readonly end: number;
  readonly kind: "exact" | "widened";
}

/** Clean text with its way back. Offsets are UTF-16 units of `text`. */
export interface CleanedText {
  readonly text: string;
  readonly cleaning: Cleaning;
  /** The bytes of text.slice(start, end): the smallest range that holds all of it. */
  bytesOf(start: number, end: number): Origin;
  /** The text after further edits, which cleaning again does not repeat: slices that they touch are `widened`. */
  withEdits(edits: readonly Edit[]): CleanedText;
}

/** Cleans a document. Pure and idempotent: the same document and settings give the same text, and a clean text stays as it is. */
export function clean(decoded: Decoded, settings: CleanSettings): CleanedText {
  const { text, maps, counts, decisions, removed } = runSteps(decoded.text, settings);
  const removedShare = removed === 0 ? 0 : removed / Math.max(removed, alphanumericCount(decoded.text));
  const cleaning: Cleaning = { ...decisions, steps: counts, removedShare: Math.round(removedShare * 1e6) / 1e6 };
  return new TracedText(text, { decoded, settings, maps, cleaning, foreign: [] });
}

/** The clean text of a part of a document's bytes, by what was decided for the whole document. */
export function replay(
  bytes: Buffer,
  encoding: Pick<Encoding, "name">,
  cleaning: Pick<Cleaning, "html" | "code">,
  settings: CleanSettings,
): string {
  return runSteps(decodeBytes(bytes, encoding.name), settings, cleaning).text;
}

/** Wider ranges are not cleaned again to see whether they are exact: each slice of a file of one long line may have the whole of it. */
const MOST_BYTES_A_UNIT = 64;
const MOST_BYTES = 65_536;

interface Trace {
  readonly decoded: Decoded;
  readonly settings: CleanSettings;
  readonly maps: readonly EditMap[];
  readonly cleaning: Cleaning;
  /** Maps of later edits by others, in order. */
  readonly foreign: readonly EditMap[];
}

class TracedText implements CleanedText {
  readonly text: string;
  readonly #trace: Trace;

  constructor(text: string, trace: Trace) {
    this.text = text;
    this.#trace = trace;
  }

  get cleaning(): Cleaning {
    return this.#trace.cleaning;
  }

  bytesOf(start: number, end: number): Origin {
    const { decoded, maps, foreign, cleaning, settings } = this.#trace;
    const cleaned = tracedBack({ start, end, touched: false }, foreign);
    const { start: from, end: to } = tracedBack(cleaned, maps);
    const bytes = decoded.bytesOf(from, Math.max(from, to));
    const isFar = bytes.end - bytes.start > MOST_BYTES_A_UNIT * (end - start) + MOST_BYTES;
    const isExact = () =>
      replay(decoded.bytes.subarray(bytes.start, bytes.end), decoded.encoding, cleaning, settings) === this.text.slice(start, end).trim();
    return { ...bytes, kind: !cleaned.touched && !isFar && isExact() ? "exact" : "widened" };
  }

  withEdits(edits: readonly Edit[]): CleanedText {
    const editor = new Editor(this.text);
    for (const { start, end, replacement } of edits) editor.replace(start, end, replacement);
    const map = editor.map();
    return map === null ? this : new TracedText(editor.result(), { ...this.#trace, foreign: [...this.#trace.foreign, map] });
  }
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly touched: boolean;
}

function tracedBack(stretch: Stretch, maps: readonly EditMap[]): Stretch {
  return maps.reduceRight(
    ({ start, end, touched }, map) => ({ start: map.startOf(start), end: map.endOf(end), touched: touched || map.touches(start, end) }),
    stretch,
  );
}
