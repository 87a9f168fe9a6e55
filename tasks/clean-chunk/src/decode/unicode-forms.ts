/** Which form of Unicode bytes are in, told by a byte order mark, by the pattern of their NULs, or by being valid. */

/** The encoding that a byte order mark announces, and the mark's length. */
export function byteOrderMark(bytes: Buffer): { encoding: string; length: number } | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "utf-8", length: 3 };
  if (a === 0xff && b === 0xfe && c === 0 && d === 0 && isWide32(bytes, 4, false)) return { encoding: "utf-32le", length: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: "utf-32be", length: 4 };
  if (a === 0xff && b === 0xfe) return { encoding: "utf-16le", length: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "utf-16be", length: 2 };
  return null;
}

const SAMPLE = 65_536;
const FEWEST_NULS = 0.05; // spaces and line ends alone make a twelfth of the units of Cyrillic or Arabic text
const CLEAR_SHARE = 0.98;
const MOSTLY = 0.7;

/** UTF-16 or UTF-32 without a mark: NULs stand where the high bytes of ASCII characters are, and nowhere else. */
export function wideEncodingOf(bytes: Buffer): string | null {
  const sample = bytes.subarray(0, SAMPLE);
  if (sample.length < 4 || !sample.includes(0)) return null;
  if (isWide32(sample, 0, false)) return "utf-32le";
  if (isWide32(sample, 0, true)) return "utf-32be";
  const nuls = [0, 0];
  for (let at = sample.indexOf(0); at >= 0; at = sample.indexOf(0, at + 1)) nuls[at % 2]!++;
  const most = Math.max(...nuls);
  const isOneSided = most >= (nuls[0]! + nuls[1]!) * CLEAR_SHARE;
  if (!isOneSided || most < (sample.length / 2) * FEWEST_NULS) return null;
  if (most < (sample.length / 2) * MOSTLY && isMostlyAscii(sample, most)) return null; // ASCII with some NULs in it
  const encoding = nuls[0]! > nuls[1]! ? "utf-16be" : "utf-16le";
  return isPlausible16(sample, encoding === "utf-16be") ? encoding : null;
}

/** In UTF-16 half of the bytes beside few NULs are the high bytes of a script, or Chinese: not letters of ASCII. */
function isMostlyAscii(sample: Buffer, nuls: number): boolean {
  const printable = sample.reduce((count, byte) => (byte >= 0x20 && byte < 0x7f ? count + 1 : count), 0);
  return printable >= (sample.length - nuls) * MOSTLY;
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

/** Text has hardly any controls, lone surrogates or noncharacters. */
function isPlausible16(bytes: Buffer, bigEndian: boolean): boolean {
  const units = Math.floor(bytes.length / 2);
  let bad = 0;
  for (let unit = 0; unit < units; unit++) {
    const code = bigEndian ? bytes.readUInt16BE(unit * 2) : bytes.readUInt16LE(unit * 2);
    if ((code < 0x20 && (code < 9 || code > 13)) || code >= 0xfffe) bad++;
  }
  return bad <= units * (1 - CLEAR_SHARE);
}

const MIN_RATIO = 3;

/**
 * Whether bytes that are not valid UTF-8 are nevertheless meant as such: far more whole sequences than stray bytes. In other encodings
 * a byte sequence that happens to be valid is rarer than one that is not. Sequences that the file's borders cut do not count.
 */
export function isDamagedUtf8(bytes: Buffer): boolean {
  const { whole, stray } = utf8Sequences(bytes.subarray(0, 8 * SAMPLE));
  return whole >= 2 && whole >= stray * MIN_RATIO;
}

function utf8Sequences(bytes: Buffer): { whole: number; stray: number } {
  let whole = 0;
  let stray = 0;
  let index = 0;
  while (index < 3 && (bytes[index]! & 0xc0) === 0x80) index++;
  while (index < bytes.length) {
    const lead = bytes[index++]!;
    if (lead < 0x80) continue;
    const trailing = lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : 0;
    let seen = 0;
    while (seen < trailing && (bytes[index]! & 0xc0) === 0x80) [seen, index] = [seen + 1, index + 1];
    if (trailing > 0 && seen === trailing) whole++;
    else if (index < bytes.length) stray++;
  }
  return { whole, stray };
}
