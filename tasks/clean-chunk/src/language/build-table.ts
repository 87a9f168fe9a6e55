/** Program of the build: writes eld's model of languages beside this file, as the arrays that detection works on, with eld's licence. */
import { copyFileSync, renameSync, writeFileSync } from "node:fs";
import { COUNT_BITS, encodeLanguageTable, homeSlot, type LanguageTable, SCORE_BITS, SLOT } from "./language-table.js";
import { LONGEST_PACKED, packed } from "./n-grams.js";
import { LANGUAGE_TABLE } from "./table-file.js";

/** By n-gram and index of the language. */
type Scores = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** An export of one of eld's modules: the package offers its detector alone, the model lies beside that. */
async function partOf<T>(path: string, name: string): Promise<T> {
  const module = (await import(new URL(path, import.meta.resolve("eld/small")).href)) as Readonly<Record<string, T>>;
  if (module[name] === undefined) throw new Error(`eld's ${path} has no ${name}`);
  return module[name];
}

function arraysOf(ngrams: Scores): Pick<LanguageTable, "slots" | "votes"> {
  const all = Object.entries(ngrams);
  const count = 2 ** Math.ceil(Math.log2(all.length * 1.5)); // at most two thirds full
  const slots = new Int32Array(count * SLOT);
  const votes: number[] = [];
  for (const [ngram, scores] of all) {
    const { first, second } = packed(Buffer.from(ngram, "latin1"), 0, ngram.length);
    let slot = homeSlot(first, second, count);
    while (slots[slot * SLOT + 2] !== 0) slot = (slot + 1) & (count - 1);
    slots.set([first, second, (votes.length << COUNT_BITS) | Object.keys(scores).length], slot * SLOT);
    votes.push(...votesOf(ngram, scores));
  }
  return { slots, votes: Uint16Array.from(votes) };
}

function votesOf(ngram: string, scores: Readonly<Record<string, number>>): number[] {
  const found = Object.entries(scores);
  const isFitting = ngram.length <= LONGEST_PACKED && found.length < 1 << COUNT_BITS && found.every(([, score]) => score < 1 << SCORE_BITS);
  if (!isFitting || /[^\0-\xff]/.test(ngram)) throw new Error(`eld's n-gram ${JSON.stringify(ngram)} does not fit the table`);
  return found.map(([language, score]) => (Number(language) << SCORE_BITS) | score);
}

const model = await partOf<{ ngrams: Scores; languages: Readonly<Record<string, string>> }>("../ngrams/small.js", "ngramsData");
const averages = await partOf<Readonly<Record<string, number>>>("../avgScore.js", "avgScore");
const separators = await partOf<RegExp>("../regexPatterns.js", "separators");
const dictionary = await partOf<readonly string[]>("../dictionary.js", "dictionary");
const codes = Object.values(model.languages);
const table: LanguageTable = {
  ...arraysOf(model.ngrams),
  codes,
  averages: codes.map((code) => averages[code]!),
  separators: separators.source,
  letters: dictionary.join(""),
};
// Who ships the model ships its licence; eld itself is not there when the programs run.
copyFileSync(new URL("../../LICENSE", import.meta.resolve("eld/small")), new URL(`${LANGUAGE_TABLE.href}.LICENSE`));
const draft = new URL(`${LANGUAGE_TABLE.href}.${process.pid}`);
writeFileSync(draft, encodeLanguageTable(table));
renameSync(draft, LANGUAGE_TABLE); // two builds at once end in one whole file
