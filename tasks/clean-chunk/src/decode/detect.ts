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

/**
 * The likeliest encoding, or null when there is none that can be decoded. The detector's scores are no probabilities (right answers often
 * have 0.2): what tells is how far the best is ahead of the next one that reads the bytes otherwise.
 */
export function detectEncoding(bytes: Buffer): Guess | null {
  const sample = bytes.subarray(0, SAMPLE);
  const candidates = detectAll(sample, { minimumThreshold: 0 }).flatMap(({ encoding, confidence }) => {
    const name = nameOf(encoding);
    return name === null ? [] : [{ encoding: name, score: confidence }];
  });
  const [best, ...others] = candidates;
  if (!best) return null;
  const text = iconv.decode(sample, best.encoding);
  const rival = others.find(({ encoding }) => iconv.decode(sample, encoding) !== text);
  return { encoding: best.encoding, confidence: Math.round((1000 * best.score) / (best.score + (rival?.score ?? 0))) / 1000 };
}

function nameOf(encoding: string | null): string | null {
  if (encoding === null) return null;
  const lower = encoding.toLowerCase();
  const dashed = lower.replace(/^iso8859-/, "iso-8859-").replace(/^ibm(\d)/, "cp$1");
  const name = NAMES[dashed] ?? dashed;
  return iconv.encodingExists(name) ? name : null;
}
