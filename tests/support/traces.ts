/** Every byte below a folder, searched for words that must not be there: as they are, and in the forms in which they would travel. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** The word in UTF-8 and UTF-16, percent-encoded, in hexadecimal, and in base64 wherever in the encoded text it begins. */
function formsOf(word: string): Buffer[] {
  const bytes = Buffer.from(word);
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    return Buffer.from(encoded.slice(shift === 0 ? 0 : 4, -4)); // both ends mix with what stands beside the word
  });
  const hex = bytes.toString("hex");
  const percent = hex.replace(/../g, "%$&");
  const big = Buffer.from(word, "utf16le").swap16();
  const texts = [word, encodeURIComponent(word), percent, percent.toUpperCase(), hex, hex.toUpperCase()];
  return [...texts.map((text) => Buffer.from(text)), Buffer.from(word, "utf16le"), big, ...base64];
}

/** Which of the words a text or file holds in any form. */
export function tracesIn(content: Buffer | string, words: readonly string[]): string[] {
  const bytes = Buffer.from(content);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const contents = isGzip ? [bytes, gunzipSync(bytes, { finishFlush: 2 })] : [bytes]; // 2: Z_SYNC_FLUSH, for one that is cut short
  return words.filter((word) => formsOf(word).some((form) => contents.some((searched) => searched.includes(form))));
}

/** "<path below the folder>: <word>" for every trace, in names too; `skipped` folders are not looked into. */
export function tracesBelow(folder: string, words: readonly string[], skipped: RegExp = /$^/): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1);
    if (skipped.test(name)) continue;
    const traces = [...tracesIn(name, words), ...(entry.isFile() ? tracesIn(readFileSync(path), words) : [])];
    for (const word of new Set(traces)) found.push(`${name}: ${word}`);
  }
  return found;
}
