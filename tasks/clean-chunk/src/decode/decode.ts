/** Raw bytes become text: what encoding they are in, how that was decided, and where each character came from. */
import { isUtf8 } from "node:buffer";
import type { Recipe } from "@pipeline/shared/recipe";
import type { Encoding } from "@pipeline/shared/records";
import { type BinaryEvidence, isNoise, magicOf, nulShareOf } from "./binary.js";
import { type ByteMap, evenMap, PieceMap, utf8Map } from "./byte-map.js";
import { decodeBytes, isKnownEncoding } from "./codecs.js";
import { detectEncoding } from "./detect.js";
import { shiftedEncodingOf } from "./iso-2022.js";
import { byteOrderMark, isDamagedUtf8, isPlainUtf8, wideEncodingOf } from "./unicode-forms.js";

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A document as text, with the way back to its bytes. */
export interface Decoded {
  /** Without a byte order mark. */
  readonly text: string;
  readonly encoding: Encoding;
  /** What shows that the bytes are no text; the text is then empty. Null for text. */
  readonly binary: BinaryEvidence | null;
  /** The raw bytes, as they were given. */
  readonly bytes: Buffer;
  /** The raw bytes of text.slice(start, end), offsets in UTF-16 units; whole lines where a character cannot be told from its line. */
  bytesOf(start: number, end: number): ByteRange;
}

type DecodeSettings = Recipe["decode"];
type Decision = Omit<Encoding, "replaced"> & { readonly markLength: number };

/** Decodes a document. A `given` encoding is taken as it is; otherwise mark, validity, NUL pattern and statistics decide, in this order. */
export function decode(bytes: Buffer, settings: DecodeSettings, given?: string): Decoded {
  if (given !== undefined) return decodedOf(bytes, decideGiven(bytes, given), null, bytes);
  if (isPlainUtf8(bytes)) return decodedOf(bytes, { ...UTF8, markLength: 0 }, null, bytes);
  const mark = byteOrderMark(bytes);
  if (mark !== null) return decodedOf(bytes, { name: mark.encoding, confidence: 1, source: "bom", markLength: mark.length }, null, bytes);
  const binary = evidenceOf(bytes, settings);
  if (binary !== null) return decodedOf(Buffer.alloc(0), { ...UTF8, markLength: 0 }, binary, bytes);
  return decodedOf(bytes, decide(bytes, settings), null, bytes);
}

const UTF8 = { name: "utf-8", confidence: 1, source: "utf-8" } as const;

function evidenceOf(bytes: Buffer, settings: DecodeSettings): BinaryEvidence | null {
  const magic = magicOf(bytes);
  if (magic !== null) return { magic };
  if (wideEncodingOf(bytes) !== null) return null;
  const share = nulShareOf(bytes);
  if (share > settings.max_nul_share) return { share };
  return isNoise(bytes) ? { magic: "data" } : null;
}

function decide(bytes: Buffer, settings: DecodeSettings): Decision {
  const wide = wideEncodingOf(bytes);
  if (wide !== null) return { name: wide, confidence: 0.95, source: "detected", markLength: 0 };
  const shifted = shiftedEncodingOf(bytes);
  if (shifted !== null) return { name: shifted, confidence: 0.99, source: "detected", markLength: 0 };
  if (isUtf8(bytes)) return { ...UTF8, markLength: 0 };
  if (isDamagedUtf8(bytes)) return { name: "utf-8", confidence: 0.9, source: "detected", markLength: 0 };
  const { encoding: name, confidence, isDeclared } = detectEncoding(bytes);
  if (confidence >= settings.confidence_floor) return { name, confidence, source: isDeclared ? "declared" : "detected", markLength: 0 };
  return { name: "windows-1252", confidence, source: "fallback", markLength: 0 };
}

function decideGiven(bytes: Buffer, given: string): Decision {
  const name = given.toLowerCase();
  if (!isKnownEncoding(name)) throw new RangeError(`encoding ${JSON.stringify(given)} is unknown, expected a name that iconv-lite knows`);
  const mark = byteOrderMark(bytes);
  return { name, confidence: 1, source: "given", markLength: mark?.encoding === name ? mark.length : 0 };
}

function decodedOf(bytes: Buffer, decision: Decision, binary: BinaryEvidence | null, raw: Buffer): Decoded {
  const { markLength, ...encoding } = decision;
  const body = bytes.subarray(markLength);
  const text = decodeBytes(body, encoding.name);
  let map: ByteMap | undefined;
  const bytesOf = (start: number, end: number): ByteRange => {
    map ??= mapOf(bytes, markLength, text, encoding.name);
    // The last character of a truncated file has fewer bytes than its encoding gives it.
    return { start: map.startOf(start), end: Math.min(map.endOf(end), raw.length) };
  };
  return { text, encoding: { ...encoding, replaced: replacedIn(text, body, encoding.name) }, binary, bytes: raw, bytesOf };
}

function mapOf(bytes: Buffer, markLength: number, text: string, name: string): ByteMap {
  const length = bytes.length - markLength;
  if (text.length === length && !name.startsWith("utf-16")) return evenMap(markLength, 1);
  if (name.startsWith("utf-16")) return evenMap(markLength, 2);
  if (name === "utf-8" && isUtf8(bytes)) return utf8Map(text, markLength);
  return new PieceMap(bytes, markLength, name);
}

/** How many U+FFFD are in the text that were not in the bytes. */
function replacedIn(text: string, bytes: Buffer, name: string): number {
  const inText = occurrences(text, "\ufffd");
  return inText === 0 || name !== "utf-8" ? inText : inText - occurrences(bytes.toString("latin1"), "\xef\xbf\xbd");
}

function occurrences(text: string, wanted: string): number {
  let count = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) count++;
  return count;
}
