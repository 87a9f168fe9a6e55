/** Texts of any size that have brought other programs down: endless lines, words, marks, tags, and candidates of every detector. */
import { prose } from "./steps.js";

/** So many bytes, a little less where a piece would be cut. */
export type Nasty = (bytes: number) => Buffer;

const repeated =
  (piece: string): Nasty =>
  (bytes) =>
    Buffer.from(piece.repeat(Math.max(1, Math.floor(bytes / Buffer.byteLength(piece)))));

/** Pieces made from their number, so that no two are the same. */
const counted =
  (piece: (n: number) => string): Nasty =>
  (bytes) => {
    const pieces: string[] = [];
    for (let n = 0, length = 0; length < bytes; n++) length += Buffer.byteLength(pieces[pieces.push(piece(n)) - 1]!);
    return Buffer.from(pieces.join("").slice(0, bytes));
  };

/** Digits that look random and are the same each time (a linear congruential generator). */
const digits = (n: number, length: number): string =>
  String(((n + 1) * 1_103_515_245 + 12_345) % 2 ** 31)
    .padStart(length, "7")
    .slice(-length);

export const NASTY: Readonly<Record<string, Nasty>> = {
  "prose on one line": counted((n) => `${prose(n % 200, 20)} `),
  "one letter": repeated("a"),
  "one word of mixed letters": counted((n) => n.toString(36)),
  "tiny lines": repeated("a\n"),
  "empty lines": repeated("\n"),
  spaces: repeated(" "),
  "tabs and no-break spaces": repeated("\t\u00a0"),
  Chinese: counted((n) => String.fromCharCode(0x4e00 + ((n * 7_919) % 20_000), 0x3002)),
  "Thai without spaces": repeated("\u0e01\u0e32\u0e23\u0e17\u0e14\u0e2a\u0e2d\u0e1a"),
  "combining marks": (bytes) => Buffer.from(`a${"\u0301".repeat(bytes / 2)}`),
  "emoji families": repeated("\u{1f468}\u200d\u{1f469}\u200d\u{1f467}"),
  flags: repeated("\u{1f1e9}\u{1f1ea}"),
  joiners: repeated("\u200d"),
  "bidirectional overrides": repeated("\u202eabc \u202c"),
  "escape sequences": repeated("\u001b[31mred\u001b[0m "),
  "NUL among letters": repeated(`${"abc ".repeat(60)}\0`),
  "bytes that are no text": (bytes) => Buffer.alloc(bytes, Buffer.from([0xed, 0xa0, 0x80, 0x20, 0x61])),
  "lone surrogates in UTF-16": (bytes) => Buffer.alloc(bytes, Buffer.from("\ufeff\ud800a \udc00b ", "utf16le")),
  "deep tags": (bytes) => Buffer.from("<div>".repeat(bytes / 5)),
  "open tags": repeated('<p class="x" <b '),
  entities: repeated("&amp;&#0;&#xD800;&#x110000;&nbsp;&bogus "),
  "web page": counted((n) => `<p id="${n}">${prose(n % 200, 3)}</p><script>x(${n})</script>\n`),
  mojibake: repeated("d\u00c3\u00a9j\u00c3\u00a0 vu \u00e2\u20ac\u0153quoted\u00e2\u20ac\u009d "),
  symbols: repeated("=====*****-----"),
  "one sentence again and again": repeated("The quick brown fox jumps over the lazy dog. "),
  "words never seen twice": counted((n) => `${digits(n, 9)}x `),
  digits: counted((n) => digits(n, 10)),
  "card candidates": counted((n) => `4${digits(n, 15)} `),
  "grouped digits": counted((n) => `${digits(n, 4)}-`),
  "e-mail candidates": counted((n) => `user${n}@mail${n}.example.com, `),
  "at signs": repeated("a@"),
  dots: repeated("a."),
  "phone candidates": counted((n) => `+49 30 ${digits(n, 7)} `),
  "IPv4 candidates": counted((n) => `10.${n % 256}.${digits(n, 2)}.1 `),
  colons: repeated("a:"),
  "IBAN candidates": counted((n) => `DE${digits(n, 2)}${digits(n, 9)}${digits(n + 7, 9)} `),
  "SSN candidates": counted((n) => `${digits(n, 3)}-${digits(n, 2)}-${digits(n + 1, 4)} `),
  "addresses of pages": counted((n) => `https://u:p${n}@h/${n}?a=${n}&b=%00 `),
  brackets: repeated("([{<"),
  "quotes and backslashes": repeated("\\\"'\\u0000 "),
  base64: counted((n) => Buffer.from(digits(n, 9)).toString("base64")),
};
