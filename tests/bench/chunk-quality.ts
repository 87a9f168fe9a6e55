/** `npm run bench:chunks`: how well each corpus is chunked: fill, and where the inner cuts fall, told from the chunks alone; as JSON. */
import { type Chunk, chunk } from "@pipeline/clean-chunk/chunk/chunk";
import { options, resolveSettings } from "@pipeline/clean-chunk/settings";
import { parseOptions } from "@pipeline/shared/options";
import { loadRecipe } from "@pipeline/shared/recipe";
import { CORPORA, documentsOf } from "../support/corpora.js";

const { settings } = resolveSettings(parseOptions(options, []), loadRecipe("default"));

/** A stop, with what may close behind it, at the end of a chunk. */
const SENTENCE = /[.!?…。！？｡．؟۔।॥።፧፨։។៕།༎။꓿᙮᠃]["'”’»›)\]}」』】）》〉*_]*$/u;

/** What a reader sees at the cut between two chunks, without knowing how it was chosen. */
function cutClass(text: string, left: Chunk, right: Chunk): string {
  const gap = text.slice(left.end, right.start);
  if (/\n[^\S\n]*\n/.test(gap)) return "paragraph";
  if (SENTENCE.test(text.slice(Math.max(left.start, left.end - 8), left.end))) return "sentence";
  if (gap.includes("\n")) return "line";
  if (gap !== "") return /[,;:)—–-]$/.test(text.slice(0, left.end)) ? "clause" : "word";
  return /[、，；：]$/.test(text.slice(0, left.end)) ? "clause" : "inside";
}

function qualityOf(texts: readonly string[]) {
  const cuts: Record<string, number> = {};
  let chunks = 0;
  let tokens = 0;
  let short = 0;
  let fewest = 0;
  for (const text of texts) {
    const found = chunk(text, settings);
    chunks += found.length;
    fewest += Math.ceil(settings.counter.count(text) / settings.maxTokens);
    for (const [index, one] of found.entries()) {
      tokens += one.tokens;
      if (one.tokens < settings.minTokens && found.length > 1) short++;
      const next = found[index + 1];
      if (next === undefined) continue;
      const kind = cutClass(text, one, next);
      cuts[kind] = (cuts[kind] ?? 0) + 1;
    }
  }
  const inner = Object.values(cuts).reduce((sum, count) => sum + count, 0);
  const shares = Object.fromEntries(Object.entries(cuts).map(([kind, count]) => [kind, round(count / inner)]));
  return { documents: texts.length, chunks, fewest, fill: round(tokens / chunks / settings.maxTokens), short, cuts: shares };
}

const round = (share: number): number => Math.round(share * 1e4) / 1e4;

for (const corpus of CORPORA) {
  const texts = documentsOf(corpus).map((bytes) => bytes.toString("utf8"));
  console.log(JSON.stringify({ corpus, ...qualityOf(texts) }));
}
