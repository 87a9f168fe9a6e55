/** A guess at the encoding of bytes that are not Unicode, and how much to trust it. */
import iconv from "iconv-lite";
import { detectAll } from "jschardet";

const SAMPLE = 65_536;

/** Names of the detector that iconv-lite spells otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  ascii: "windows-1252",
  "iso-8859-1": "windows-1252",
  "utf-16-le": "utf-16le",
  "utf-16-be": "utf-16be",
  "utf-32-le": "utf-32le",
  "utf-32-be": "utf-32be",
  cp932: "shift_jis",
  shift_jis_2004: "shift_jis",
  "euc-jis-2004": "euc-jp",
  big5hkscs: "big5-hkscs",
  cp949: "euc-kr",
  cp874: "windows-874",
  "mac-roman": "macintosh",
  macroman: "macintosh",
  "mac-cyrillic": "maccyrillic",
  "mac-greek": "macgreek",
  "mac-turkish": "macturkish",
  "mac-latin2": "maccenteuro",
  maclatin2: "maccenteuro",
  "mac-iceland": "maciceland",
};

export interface Guess {
  readonly encoding: string;
  readonly confidence: number;
}

/** The likeliest encoding with a confidence from 0 to 1, or null when there is none that can be decoded. */
export function detectEncoding(bytes: Buffer): Guess | null {
  for (const { encoding, confidence } of detectAll(bytes.subarray(0, SAMPLE), { minimumThreshold: 0 })) {
    const name = nameOf(encoding);
    if (name !== null) return { encoding: name, confidence: Math.round(confidence * 1000) / 1000 };
  }
  return null;
}

function nameOf(encoding: string | null): string | null {
  if (encoding === null) return null;
  const lower = encoding.toLowerCase();
  const dashed = lower.replace(/^iso8859-/, "iso-8859-").replace(/^ibm(\d)/, "cp$1");
  const name = NAMES[dashed] ?? dashed;
  return iconv.encodingExists(name) ? name : null;
}
