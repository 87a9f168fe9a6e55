/** Copies: with the same text in other bytes, with a few words changed, and documents that share half of their text and are no copies. */
import iconv from "iconv-lite";
import { declaration, passage, someParagraphs } from "../phrases.js";
import { kept, type Planted, plant } from "../planted.js";
import { type Random, randomOf } from "../random.js";

/** Ways to write a text that cleaning makes one again. */
const DISGUISES: readonly (readonly [name: string, write: (text: string) => Buffer | string])[] = [
  ["copy", (text) => text],
  ["crlf", (text) => text.replaceAll("\n", "\r\n")],
  ["blank-lines", (text) => `\n\n${text.replaceAll("\n\n", "\n\n\n\n")}\n\n\n`],
  ["bom", (text) => `\ufeff${text}`],
  ["utf-16", (text) => iconv.encode(text, "utf-16le", { addBOM: true })],
  ["trailing-blanks", (text) => text.replace(/\n/g, "  \n")],
  ["no-break-spaces", (text) => text.replaceAll(" ", "\u00a0")],
  ["decomposed", (text) => text.normalize("NFD")],
];

function textsToCopy(random: Random): string[] {
  const translated = ["fra", "rus", "vie"].map((name) => `${someParagraphs(declaration(name), random, 24).join("\n\n")}\n`);
  return [...Array.from({ length: 5 }, () => `${passage(random, 24)}\n`), ...translated].map((text) => text.normalize("NFC"));
}

function exact(): Planted[] {
  const random = randomOf("exact");
  return textsToCopy(random).flatMap((text, index) => {
    const group = `exact-${index + 1}`;
    const expected = kept("exact_duplicate", { duplicate: { group, kind: "exact" } });
    const disguise = DISGUISES[index]!;
    return [["original", (same: string) => same] as const, disguise].map(([name, write]) =>
      plant(`duplicates/${group}/${name}.txt`, write(text), expected),
    );
  });
}

const NEAR_COPIES = 3;
const CHANGED_WORDS = 6; // of some 1,400: five shingles each, so that copies share 0.92 or more of their shingles with the original

function changed(text: string, random: Random): string {
  const words = text.split(" ");
  for (let i = 0; i < CHANGED_WORDS; i++) words[random.below(words.length)] = random.pick(["indeed", "perhaps", "however", "formerly"]);
  return words.join(" ");
}

function near(): Planted[] {
  return Array.from({ length: 5 }, (_, index) => {
    const random = randomOf(`near/${index}`);
    const text = `${passage(random, 60)}\n`;
    const group = `near-${index + 1}`;
    const expected = kept("near_duplicate", { duplicate: { group, kind: "near" } });
    const copies = Array.from({ length: NEAR_COPIES }, (_, copy) =>
      plant(`duplicates/${group}/copy-${copy + 1}.txt`, changed(text, random), expected),
    );
    return [plant(`duplicates/${group}/original.txt`, text, expected), ...copies];
  }).flat();
}

/** Two documents that share one half: a third of their shingles. */
function halves(): Planted[] {
  return Array.from({ length: 6 }, (_, index) => {
    const random = randomOf(`halves/${index}`);
    const shared = passage(random, 24);
    return [1, 2].map((half) =>
      plant(
        `duplicates/half-${index + 1}/${half}.txt`,
        `${shared}\n\n${passage(random, 24)}\n`,
        kept("not_duplicate", { duplicate: null }),
      ),
    );
  }).flat();
}

/** Copies and half-copies under duplicates/. */
export function plantDuplicates(): Planted[] {
  return [...exact(), ...near(), ...halves()];
}
