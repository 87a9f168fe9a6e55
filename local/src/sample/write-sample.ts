/** The sample on disk: documents under documents/, and beside them, never among them, truth.jsonl with what must come out of each. */
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errnoOf, invalidConfig } from "@pipeline/shared/errors";
import { plantCharacters } from "./plant/characters.js";
import { plantDuplicates } from "./plant/duplicates.js";
import { plantEncodings } from "./plant/encodings.js";
import { plantFileNames } from "./plant/file-names.js";
import { plantLanguages } from "./plant/languages.js";
import { plantMarkup } from "./plant/markup.js";
import { plantMojibake } from "./plant/mojibake.js";
import { plantPersonal } from "./plant/personal.js";
import { plantPersonalTraps } from "./plant/personal-traps.js";
import { plantProse } from "./plant/prose.js";
import { plantRefuse } from "./plant/refuse.js";
import { plantSlices } from "./plant/slices.js";
import type { Planted } from "./planted.js";

const PLANTERS = [
  plantProse,
  plantLanguages,
  plantEncodings,
  plantMojibake,
  plantMarkup,
  plantCharacters,
  plantRefuse,
  plantSlices,
  plantFileNames,
  plantDuplicates,
  plantPersonal,
  plantPersonalTraps,
];

/** Every file of the sample: seeded, so that it is the same bytes at every call. */
export function sampleFiles(): Planted[] {
  return PLANTERS.flatMap((plant) => plant());
}

export interface WrittenSample {
  readonly documents: number;
  /** Encoded paths of names that this file system cannot hold (macOS refuses names that are not UTF-8); they are not in the truth either. */
  readonly refused: readonly string[];
  /** True when the very same sample was there already: nothing was written. */
  readonly unchanged: boolean;
}

/** Writes the sample below `folder`. The truth is written last: where it stands and is the same, nothing is done. */
export async function writeSample(folder: string): Promise<WrittenSample> {
  const files = sampleFiles();
  const [documents, truthPath] = [join(folder, "documents"), join(folder, "truth.jsonl")];
  const before = await readFile(truthPath, "utf8").catch(() => null);
  if (before === truthOf(files)) return { documents: files.length, refused: [], unchanged: true };
  if (before === null && existsSync(documents))
    throw invalidConfig("not_a_sample", `${documents} exists and is no sample of ours: expected an empty folder`);
  await mkdir(folder, { recursive: true });
  await writeFile(truthPath, ""); // from now on the folder is ours, also when we are killed before the truth is written
  await rm(documents, { recursive: true, force: true });
  const written: Planted[] = [];
  for (const file of files) if (await wrote(documents, file)) written.push(file);
  await writeFile(truthPath, truthOf(written));
  const refused = files.filter((file) => !written.includes(file)).map(({ truth }) => truth.path);
  return { documents: written.length, refused, unchanged: false };
}

const truthOf = (files: readonly Planted[]) => files.map(({ truth }) => `${JSON.stringify(truth)}\n`).join("");

async function wrote(documents: string, { rawPath, content }: Planted): Promise<boolean> {
  const path = Buffer.concat([Buffer.from(`${documents}/`), rawPath]); // bytes: a name need not be UTF-8
  try {
    await mkdir(path.subarray(0, path.lastIndexOf("/")), { recursive: true });
    await writeFile(path, content);
    return true;
  } catch (error) {
    if (errnoOf(error) === "EILSEQ") return false; // the file system takes UTF-8 names only
    throw error;
  }
}
