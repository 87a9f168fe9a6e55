/** What the bench measures: each stage is handed a corpus, loads what it needs outside the clock, and gives the work for one document. */
import { readFileSync } from "node:fs";
import type { ProcessSettings, RawDocument } from "@pipeline/clean-chunk/process-document";
import type { Recipe } from "@pipeline/shared/recipe";
import type { Source } from "./source.js";

/** Work on the document of that index; its result only keeps the work from being optimised away. */
export type Work = (index: number) => unknown;

export interface Stage {
  readonly what: string;
  prepare(source: Source): Promise<Work>;
}

const defaultRecipe = async (): Promise<Recipe> => (await import("@pipeline/shared/recipe")).loadRecipe("default");

/** What clean-chunk works with when no option is given. */
async function processSettings(): Promise<ProcessSettings> {
  const { options, resolveSettings } = await import("@pipeline/clean-chunk/settings");
  const { parseOptions } = await import("@pipeline/shared/options");
  return { ...resolveSettings(parseOptions(options, []), await defaultRecipe()).settings }; // reads the token table, outside the clock
}

const rawDocument = (index: number, rawBytes: number): RawDocument => {
  const id = `00000000-0000-0000-0000-${index.toString(16).padStart(12, "0")}`;
  return { id, path: `${index}.txt`, fileName: `${index}.txt`, sha256: null, rawBytes };
};

export const REFERENCE = "gpt-tokenizer";

export const STAGES: Readonly<Record<string, Stage>> = {
  read: {
    what: "reading the files",
    async prepare({ paths }) {
      if (paths.length === 0) throw new Error("this corpus has no files of its own to read");
      return (index) => readFileSync(paths[index]!);
    },
  },
  [REFERENCE]: {
    what: "gpt-tokenizer's own countTokens of whole documents",
    async prepare({ texts }) {
      const { countTokens } = await import("gpt-tokenizer/encoding/o200k_base");
      const options = { disallowedSpecial: new Set<string>() };
      return (index) => countTokens(texts[index]!, options);
    },
  },
  count: {
    what: "our count of whole documents",
    async prepare({ texts }) {
      const { counter } = await processSettings();
      return (index) => counter.count(texts[index]!);
    },
  },
  chunk: {
    what: "chunking, counts included",
    async prepare({ texts }) {
      const { chunk } = await import("@pipeline/clean-chunk/chunk/chunk");
      const settings = await processSettings();
      return (index) => chunk(texts[index]!, settings);
    },
  },
  decode: {
    what: "bytes to text",
    async prepare({ documents }) {
      const { decode } = await import("@pipeline/clean-chunk/decode/decode");
      const recipe = await defaultRecipe();
      return (index) => decode(documents[index]!, recipe.decode);
    },
  },
  clean: {
    what: "decoded text to clean text",
    async prepare({ documents }) {
      const { decode } = await import("@pipeline/clean-chunk/decode/decode");
      const { clean } = await import("@pipeline/clean-chunk/clean/clean");
      const recipe = await defaultRecipe();
      const decoded = documents.map((bytes) => decode(bytes, recipe.decode));
      return (index) => clean(decoded[index]!, recipe.clean);
    },
  },
  judge: {
    what: "metrics, language and the default rules",
    async prepare({ texts }) {
      const { judge } = await import("@pipeline/clean-chunk/judge/judge");
      const recipe = await defaultRecipe();
      return (index) => judge({ text: texts[index]!, encoding: null, binary: null, cleaning: null }, recipe.judge);
    },
  },
  pii: {
    what: "detecting personal data of every type",
    async prepare({ texts }) {
      const { detectPii } = await import("@pipeline/shared/pii/detect");
      const recipe = await defaultRecipe();
      return (index) => detectPii(texts[index]!, recipe.pii);
    },
  },
  "clean-chunk": {
    what: "a document through the whole of clean-chunk: decode, clean, judge, chunk, trace to bytes",
    async prepare({ documents }) {
      const { processDocument } = await import("@pipeline/clean-chunk/process-document");
      const settings = await processSettings();
      return (index) => processDocument(rawDocument(index, documents[index]!.length), documents[index]!, settings);
    },
  },
  validate: {
    what: "a document's chunks through the whole of validate: rules, score, personal data",
    async prepare({ documents }) {
      const { processDocument } = await import("@pipeline/clean-chunk/process-document");
      const { validateChunks } = await import("@pipeline/validate/validate-chunks");
      const settings = await processSettings();
      const recipe = await defaultRecipe();
      const processed = documents.map((bytes, index) => processDocument(rawDocument(index, bytes.length), bytes, settings));
      return (index) => validateChunks(processed[index]!.document, processed[index]!.chunks, recipe);
    },
  },
};
