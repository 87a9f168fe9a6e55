/** Good English prose: whole addresses (one line of up to 190 kB), excerpts in paragraphs, and every chapter of Moby-Dick. */
import { kept, type Planted, plant } from "../planted.js";
import { randomOf } from "../random.js";
import { addresses, chapters, inParagraphs, sentencesOf } from "../sources.js";

const WHOLE_EVERY = 6; // a sixth of the addresses is enough to show long documents; the rest as excerpts keeps the sample near 12 MB
const EXCERPT_SENTENCES = 60;
const SURELY_LONG_ENOUGH = 1000; // characters; Moby-Dick has chapters of a few lines, about which a rule may rightly think either way

/** English prose under prose/. */
export function plantProse(): Planted[] {
  const random = randomOf("prose");
  const speeches = addresses().map(({ name, text }, index) => {
    if (index % WHOLE_EVERY === 0) return plant(`prose/addresses/${name}.txt`, text, kept("prose", { language: "en" }));
    const sentences = sentencesOf(text);
    const start = random.below(Math.max(1, sentences.length - EXCERPT_SENTENCES));
    const excerpt = inParagraphs(sentences.slice(start, start + EXCERPT_SENTENCES), random.between(3, 7));
    return plant(`prose/addresses/${name}.txt`, `${excerpt}\n`, kept("prose", { language: "en" }));
  });
  const novel = chapters().map(({ name, text }) => {
    const verdict = text.length >= SURELY_LONG_ENOUGH ? "keep" : "any";
    return plant(`prose/moby-dick/${name}.txt`, text, kept("prose", { verdict }));
  });
  return [...speeches, ...novel];
}
