/** The encodings of old mail that shift between alphabets by escape sequences: ISO-2022-JP, -KR, -CN and HZ. */
import iconv from "iconv-lite";

const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;
const ESCAPE = 0x1b;
const TILDE = 0x7e;
const LINE_FEED = 0x0a;

/** What the two-byte characters are, once their high bits are set. */
const TWO_BYTE_SETS: Readonly<Record<string, string>> = { "iso-2022-kr": "euc-kr", "iso-2022-cn": "gbk", "hz-gb-2312": "gbk" };

/** Characters of which the first two are signs or common ideographs (rows 1-9, 16-55): `~{ab~}` and `~{abcd~}` stand in programs too. */
const HZ_WORDS = /~\{(?:[\x21-\x29\x30-\x57][\x21-\x7e]){2}(?:[\x21-\x29\x30-\x77][\x21-\x7e])*~\}/;

/** Whether the encoding is one of them. */
export function isShifted(encoding: string): boolean {
  return encoding === "iso-2022-jp" || encoding in TWO_BYTE_SETS;
}

/** The text of such bytes. Every line starts in ASCII again, as the standards for mail demand. */
export function decodeShifted(bytes: Buffer, encoding: string): string {
  if (encoding === "iso-2022-jp") return new TextDecoder("iso-2022-jp", { ignoreBOM: true }).decode(bytes);
  const highBits = encoding === "hz-gb-2312" ? unshiftTildes(bytes) : unshiftControls(bytes);
  return iconv.decode(highBits, TWO_BYTE_SETS[encoding]!, { stripBOM: false });
}

/** Which of them the bytes are in, told by their escape sequences; null when there are none, or bytes beyond ASCII. */
export function shiftedEncodingOf(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 65_536).toString("latin1");
  if (/[\x80-\xff]/.test(head)) return null;
  if (/\x1b\$\)C/.test(head) && head.includes("\x0e")) return "iso-2022-kr";
  if (/\x1b\$\)[AG]/.test(head) && head.includes("\x0e")) return "iso-2022-cn";
  if (/\x1b\$[@B]|\x1b\(J|\x1b\$\([DPQ]|\x1b\(I/.test(head)) return "iso-2022-jp";
  return HZ_WORDS.test(head) ? "hz-gb-2312" : null;
}

/** Between shift-out and shift-in high bits are set; the shifts and the announcements (ESC $ ) X) vanish. */
function unshiftControls(bytes: Buffer): Buffer {
  const result = Buffer.alloc(bytes.length);
  let length = 0;
  let high = 0;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index]!;
    if (byte === SHIFT_OUT) high = 0x80;
    else if (byte === SHIFT_IN) high = 0;
    else if (byte === ESCAPE && bytes[index + 1] === 0x24) index += 3;
    else {
      if (byte === LINE_FEED) high = 0;
      result[length++] = byte > 0x20 ? byte | high : byte;
    }
  }
  return result.subarray(0, length);
}

/** Between ~{ and ~} high bits are set; ~~ is a tilde, and a tilde at the end of a line joins it to the next. */
function unshiftTildes(bytes: Buffer): Buffer {
  const result = Buffer.alloc(bytes.length);
  let length = 0;
  let high = 0;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index]!;
    const next = bytes[index + 1];
    if (byte === TILDE && next === 0x7b) [high, index] = [0x80, index + 1];
    else if (byte === TILDE && next === 0x7d) [high, index] = [0, index + 1];
    else if (byte === TILDE && high === 0 && (next === TILDE || next === LINE_FEED)) {
      if (next === TILDE) result[length++] = TILDE;
      index++;
    } else {
      if (byte === LINE_FEED) high = 0;
      result[length++] = byte > 0x20 ? byte | high : byte;
    }
  }
  return result.subarray(0, length);
}
