/** Folders of documents of a given size, the same each time. */
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { textFilesOf } from "./corpora.js";

const MB = 2 ** 20;
const DOCUMENT_BYTES = 100_000;

const speeches = textFilesOf("sotu").map((path) => readFileSync(path, "utf8").match(/[^.!?]+[.!?]\s*/g) ?? []);

/** Prose of so many bytes or a little more, its sentences in an order of its own for every number: no document is like another. */
export function longProse(seed: number, bytes: number): string {
  const pieces: string[] = [];
  for (let n = 0, length = 0; length < bytes; n++) {
    const speech = speeches[(seed * 31 + n * 7) % speeches.length]!;
    const piece = speech
      .slice((seed * 13 + n * 17) % speech.length)
      .slice(0, 12)
      .join("");
    pieces.push(piece, n % 5 === 4 ? "\n\n" : " ");
    length += piece.length + 1;
  }
  return pieces.join("");
}

/** Documents of 100 kB each, as many as make up so many MB. */
export function proseFolder(folder: string, megabytes: number): number {
  mkdirSync(folder, { recursive: true });
  const documents = Math.round((megabytes * MB) / DOCUMENT_BYTES);
  for (let n = 0; n < documents; n++) writeFileSync(join(folder, `${n}.txt`), longProse(n, DOCUMENT_BYTES));
  return documents;
}

/** One file of so many MB of text, written piece by piece. */
export function hugeFile(path: string, megabytes: number): void {
  const file = openSync(path, "w");
  const piece = Buffer.from(longProse(1, MB)).subarray(0, MB);
  for (let n = 0; n < megabytes; n++) writeSync(file, piece);
  closeSync(file);
}

/** So many short documents in one folder. */
export function tinyFiles(folder: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  for (let n = 0; n < count; n++)
    writeFileSync(join(folder, `${n}.txt`), `Note ${n}: the parcel of Thursday has come, and was put on shelf ${n % 97}.\n`);
}
