/** Bytes that are no text, whatever the file is called: known formats by their first bytes, others by their NULs. */

/** What shows that the bytes are no text. */
export interface BinaryEvidence {
  /** The format, where the first bytes tell it. */
  readonly magic?: string;
  /** Share of NUL bytes. */
  readonly share?: number;
}

/**
 * Format and first bytes in hexadecimal, `..` for any byte.
 * Not here: formats that are readable text (XML, RTF, PostScript), and marks that are a word of text (ORC).
 */
const MAGIC: readonly (readonly [format: string, ...marks: string[]])[] = [
  ["pdf", "255044462d"],
  ["zip", "504b0304", "504b0506", "504b0708"],
  ["gzip", "1f8b08"],
  ["bzip2", "425a68..314159265359", "425a68..177245385090"],
  ["xz", "fd377a585a00"],
  ["zstd", "28b52ffd"],
  ["lz4", "04224d18"],
  ["7z", "377abcaf271c"],
  ["rar", "526172211a07"],
  ["compress", "1f9d", "1fa0"],
  ["cab", "4d53434600000000"],
  ["png", "89504e470d0a1a0a"],
  ["jpeg", "ffd8ff"],
  ["gif", "474946383761", "474946383961"],
  ["bmp", "424d........00000000"],
  ["tiff", "49492a00", "4d4d002a"],
  ["ico", "00000100"],
  ["webp", "52494646........57454250"],
  ["wav", "52494646........57415645"],
  ["avi", "52494646........41564920"],
  ["mp4", "........66747970"],
  ["ogg", "4f676753"],
  ["flac", "664c6143"],
  ["mp3", "49443302", "49443303", "49443304"],
  ["matroska", "1a45dfa3"],
  ["midi", "4d546864"],
  ["elf", "7f454c46"],
  ["mach-o", "feedface", "feedfacf", "cefaedfe", "cffaedfe"],
  ["java class", "cafebabe"],
  ["wasm", "0061736d"],
  [
    "dos executable",
    "4d5a....................................................................................................................00000000",
  ],
  ["sqlite", "53514c69746520666f726d6174203300"],
  ["parquet", "50415231"],
  ["arrow", "4152524f5731"],
  ["avro", "4f626a01"],
  ["hdf5", "894844460d0a1a0a"],
  ["numpy", "934e554d5059"],
  ["pickle", "80025d", "80027d", "800363", "800395", "800495", "800595"],
  ["ole2", "d0cf11e0a1b11ae1"],
  ["woff", "774f4646", "774f4632"],
  ["truetype", "0001000000"],
  ["pcap", "d4c3b2a1", "a1b2c3d4"],
  ["git pack", "5041434b0000"],
  ["deb", "213c617263683e0a"],
  ["rpm", "edabeedb"],
];
const PATTERNS = MAGIC.flatMap(([format, ...marks]) => marks.map((mark) => [format, new RegExp(`^${mark}`)] as const));
const LONGEST_MARK = 64;
const TAR_MARK = 257; // "ustar" stands there

/** The format that the first bytes announce, or null. */
export function magicOf(bytes: Buffer): string | null {
  const head = bytes.subarray(0, LONGEST_MARK).toString("hex");
  const known = PATTERNS.find(([, pattern]) => pattern.test(head));
  if (known) return known[0];
  return bytes.toString("latin1", TAR_MARK, TAR_MARK + 5) === "ustar" ? "tar" : null;
}

const SAMPLE = 1_048_576;
const STRAY = 3; // so few are slips, however short the text
const MAX_CONTROL_SHARE = 0.03; // random bytes have three times as many, text in any encoding hardly one in a thousand

/** Share of NUL bytes, 0 to 1; 0 for a few strays. */
export function nulShareOf(bytes: Buffer): number {
  return shareOf(bytes, (byte) => byte === 0);
}

/** Whether so many bytes are controls that it is compressed or encrypted data. Those that shift alphabets or overstrike letters do not count. */
export function isNoise(bytes: Buffer): boolean {
  return shareOf(bytes, (byte) => byte < 0x20 && (byte < 0x08 || byte > 0x0f) && byte !== 0x1b) > MAX_CONTROL_SHARE;
}

function shareOf(bytes: Buffer, isMeant: (byte: number) => boolean): number {
  const sample = bytes.subarray(0, SAMPLE);
  let count = 0;
  for (const byte of sample) if (isMeant(byte)) count++;
  return count <= STRAY ? 0 : count / sample.length;
}
