/** A corpus by name or folder as what stages work on: files, raw bytes, text. */
import { readFileSync } from "node:fs";
import { CORPORA, type CorpusName, documentsOf, textFiles, textFilesOf } from "../support/corpora.js";

export interface Source {
  /** Empty for a corpus that is no folder of text files. */
  readonly paths: readonly string[];
  readonly documents: readonly Buffer[];
  readonly texts: readonly string[];
  /** Of the texts as UTF-8: what all speeds are told in. */
  readonly bytes: number;
}

const isCorpusName = (name: string): name is CorpusName => (CORPORA as readonly string[]).includes(name);

export function sourceOf(corpus: string): Source {
  const paths = isCorpusName(corpus) ? textFilesOf(corpus) : textFiles(corpus);
  const documents = isCorpusName(corpus) ? documentsOf(corpus) : paths.map((path) => readFileSync(path));
  const texts = documents.map((bytes) => bytes.toString("utf8"));
  return { paths, documents, texts, bytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) };
}
