/** The sample on disk: documents under documents/, and beside them, never among them, truth.jsonl with what must come out of each. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { plantCharacters } from "./plant/characters.js";
import { plantEncodings } from "./plant/encodings.js";
import { plantLanguages } from "./plant/languages.js";
import { plantMarkup } from "./plant/markup.js";
import { plantProse } from "./plant/prose.js";
import type { Planted } from "./planted.js";

const PLANTERS = [plantProse, plantLanguages, plantEncodings, plantMarkup, plantCharacters];

/** Every file of the sample: seeded, so that it is the same bytes at every call. */
export function sampleFiles(): Planted[] {
  return PLANTERS.flatMap((plant) => plant());
}

/** Writes the sample below `folder`; returns how many documents there are. */
export async function writeSample(folder: string): Promise<number> {
  const files = sampleFiles();
  for (const { rawPath, content } of files) {
    const path = Buffer.concat([Buffer.from(`${join(folder, "documents")}/`), rawPath]); // bytes: a name need not be UTF-8
    await mkdir(path.subarray(0, path.lastIndexOf("/")), { recursive: true });
    await writeFile(path, content);
  }
  await writeFile(join(folder, "truth.jsonl"), files.map(({ truth }) => `${JSON.stringify(truth)}\n`).join(""));
  return files.length;
}
