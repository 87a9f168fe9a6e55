/** Which form of Unicode bytes are in, told by a byte order mark, by the pattern of their NULs, or by being valid. */
import { isUtf8 } from "node:buffer";
import iconv from "iconv-lite";
import { decodeBytes } from "./codecs.js";
import { commonShare } from "./common-ideographs.js";
import { plausibilityOf } from "./plausibility.js";

/** The encoding that a byte order mark announces, and the mark's length. */
export function byteOrderMark(bytes: Buffer): { encoding: string; length: number } | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "utf-8", length: 3 };
  if (a === 0xff && b === 0xfe && c === 0 && d === 0 && isWide32(bytes, 4, false)) return { encoding: "utf-32le", length: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: "utf-32be", length: 4 };
  if (a === 0xff && b === 0xfe) return { encoding: "utf-16le", length: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "utf-16be", length: 2 };
  if (a === 0x84 && b === 0x31 && c === 0x95 && d === 0x33) return { encoding: "gb18030", length: 4 };
  return null;
}

const SAMPLE = 65_536;
const HEAD = 1024;
const ESCAPE = 0x1b;

/** Valid UTF-8 without anything that hints at another encoding or format: this settles nearly every document in one native pass each. */
export function isPlainUtf8(bytes: Buffer): boolean {
  if (!isUtf8(bytes) || bytes.includes(0) || bytes.includes(ESCAPE) || bytes.includes("~{")) return false;
  return !bytes.subarray(0, HEAD).some(isControl) && bytes[0] !== BYTE_ORDER_MARK && !bytes.subarray(0, 5).equals(PDF);
}

const BYTE_ORDER_MARK = 0xef;
const PDF = Buffer.from("%PDF-"); // the one format whose first kilobyte may be plain text

const CLEAR_SHARE = 0.98;

/** UTF-16 or UTF-32 without a mark: a script's high bytes are few, its low bytes many, and they take turns. */
export function wideEncodingOf(bytes: Buffer): string | null {
  const sample = bytes.subarray(0, SAMPLE);
  const eastern = bytes.length <= SHORT ? shortEasternUtf16(bytes) : null;
  if (eastern !== null) return eastern;
  if (countOf(sample, isControl) < Math.max(FEWEST_CONTROLS, sample.length * LEAST_CONTROL_SHARE)) return null;
  if (countOf(sample, isPrintable) > sample.length * MOST_PRINTABLE) return null; // ASCII with some controls in it
  if (isWide32(sample, 0, false)) return "utf-32le";
  if (isWide32(sample, 0, true)) return "utf-32be";
  const lead = entropyOf(sample, 0) - entropyOf(sample, 1);
  const head = sample.subarray(0, Math.min(PLAUSIBLE_BYTES, sample.length & ~1));
  if (Math.abs(lead) >= CLEAR_LEAD) {
    const encoding = lead > 0 ? "utf-16le" : "utf-16be";
    return unreadableShare(decodeBytes(head, encoding)) <= 1 - CLEAR_SHARE ? encoding : null;
  }
  return Math.abs(lead) >= SLIGHT_LEAD ? likelyUtf16(head) : null;
}

const SHORT = 256; // bytes; in longer texts the entropy of the high bytes tells
const FEWEST_SIGNS = 4;
const COMMON_SHARE = 0.95; // of random ideographs hardly half are common
const COMMON_LEAD = 0.3;

/** Chinese and Japanese have no spaces, and their high bytes look like any: what tells is that nearly all signs are common ones. */
function shortEasternUtf16(bytes: Buffer): string | null {
  const even = bytes.subarray(0, bytes.length & ~1);
  if (even.length < 2 * FEWEST_SIGNS || countOf(bytes, isPrintable) > bytes.length * MOST_PRINTABLE) return null;
  const [little, big] = ["utf-16le", "utf-16be"].map((encoding) => commonShare(decodeBytes(even, encoding))) as [number, number];
  if (Math.max(little, big) < COMMON_SHARE || Math.abs(little - big) < COMMON_LEAD) return null;
  return little > big ? "utf-16le" : "utf-16be";
}

const FEWEST_CONTROLS = 2;
const LEAST_CONTROL_SHARE = 0.01;
const MOST_PRINTABLE = 0.85; // UTF-16 of any script has hardly more than half

/** Bytes that one-byte and multi-byte encodings use for controls only; in UTF-16 spaces, punctuation and many letters have them. */
const isControl = (byte: number): boolean => byte < 0x08 || (byte > 0x0d && byte < 0x20 && byte !== ESCAPE);

const isPrintable = (byte: number): boolean => byte >= 0x20 && byte < 0x7f;

function countOf(bytes: Buffer, isMeant: (byte: number) => boolean): number {
  let count = 0;
  for (const byte of bytes) if (isMeant(byte)) count++;
  return count;
}

/** Bits of entropy in every second byte. */
function entropyOf(sample: Buffer, first: number): number {
  const counts = new Uint32Array(256);
  for (let index = first; index < sample.length; index += 2) counts[sample[index]!]!++;
  const total = Math.ceil((sample.length - first) / 2);
  return counts.reduce((bits, count) => (count === 0 ? bits : bits - (count / total) * Math.log2(count / total)), 0);
}

const PLAUSIBLE_BYTES = 2048;
const CLEAR_LEAD = 1; // an alphabet: one or two high bytes
const SLIGHT_LEAD = 0.1; // Chinese: eighty high bytes, so a short text tells less

/** Share of characters that no text holds: controls, noncharacters, private use, unassigned ones. */
function unreadableShare(text: string): number {
  return (text.match(/[\0-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\p{Co}\p{Cn}\ufffd]/gu)?.length ?? 0) / text.length;
}

const PLAUSIBLE = 0.6;
const PLAUSIBILITY_LEAD = 0.4;

function likelyUtf16(head: Buffer): string | null {
  const [little, big] = ["utf-16le", "utf-16be"].map((encoding) => plausibilityOf(decodeBytes(head, encoding))) as [number, number];
  if (Math.max(little, big) < PLAUSIBLE || Math.abs(little - big) < PLAUSIBILITY_LEAD) return null;
  return little > big ? "utf-16le" : "utf-16be";
}

/** Nearly every group of four bytes is a character. */
function isWide32(bytes: Buffer, first: number, bigEndian: boolean): boolean {
  let good = 0;
  const groups = Math.floor((Math.min(bytes.length, SAMPLE) - first) / 4);
  for (let group = 0; group < groups; group++) {
    const code = bigEndian ? bytes.readUInt32BE(first + group * 4) : bytes.readUInt32LE(first + group * 4);
    if (code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) good++;
  }
  return good >= groups * CLEAR_SHARE;
}

const SURE_RATIO = 3;

/**
 * Whether bytes that are not valid UTF-8 are nevertheless meant as such: far more whole sequences than stray bytes. In other encodings
 * a byte sequence that happens to be valid is rarer than one that is not. Where there are few, what they spell must look like writing,
 * and like less of it when read byte by byte. Sequences that the file's borders cut do not count as strays.
 */
export function isDamagedUtf8(bytes: Buffer): boolean {
  const { whole, stray, cut } = utf8Sequences(bytes.subarray(0, 8 * SAMPLE));
  if (whole.count >= 2 && whole.count >= stray * SURE_RATIO) return true;
  if (whole.count === 0) return cut > 0 && stray === 0;
  if (whole.count + cut < stray) return false;
  const spelled = plausibilityOf(whole.text);
  return spelled >= 0 && spelled > plausibilityOf(iconv.decode(whole.bytes, "windows-1252"));
}

/** A sequence with what stands beside it, from which its place in a word can be told. */
const CONTEXT = 2;
const MOST_KEPT = 64;

interface Utf8Sequences {
  /** Whole sequences: how many, and the first of them with their neighbours. */
  readonly whole: { readonly count: number; readonly bytes: Buffer; readonly text: string };
  readonly stray: number;
  /** 1 when the last bytes begin a sequence of which more than the lead byte is there. */
  readonly cut: number;
}

function utf8Sequences(bytes: Buffer): Utf8Sequences {
  const kept: Buffer[] = [];
  let count = 0;
  let stray = 0;
  let cut = 0;
  let index = 0;
  while (index < 3 && isTrail(bytes[index])) index++;
  while (index < bytes.length) {
    const start = index;
    const lead = bytes[index++]!;
    if (lead < 0x80) continue;
    const trailing = lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : 0;
    let seen = 0;
    while (seen < trailing && isTrail(bytes[index])) [seen, index] = [seen + 1, index + 1];
    if (trailing > 0 && seen === trailing) {
      count++;
      if (kept.length < MOST_KEPT) kept.push(withAsciiBeside(bytes, start, index));
    } else if (index < bytes.length) stray++;
    else if (seen > 0) cut = 1;
  }
  const spelled = Buffer.concat(kept);
  return { whole: { count, bytes: spelled, text: spelled.toString("utf8") }, stray, cut };
}

const isTrail = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

function withAsciiBeside(bytes: Buffer, start: number, end: number): Buffer {
  const before = bytes.subarray(Math.max(0, start - CONTEXT), start).filter((byte) => byte < 0x80);
  const after = bytes.subarray(end, end + CONTEXT).filter((byte) => byte < 0x80);
  return Buffer.concat([before, bytes.subarray(start, end), after]);
}
