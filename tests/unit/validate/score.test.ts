import { loadRecipe, parseRecipe } from "@pipeline/shared/recipe";
import { type ScoreContext, scoreChunk } from "@pipeline/validate/score/score";
import { expect } from "chai";
import { translation } from "../../support/udhr.js";

const settings = loadRecipe("default").score;
const scoreOf = (text: string, context: ScoreContext = {}) => scoreChunk(text, context, settings).score;

/** Three paragraphs of the declaration's articles: prose as it should be. */
function proseIn(id: string): string {
  const enough = ["cmn_hans", "jpn", "kor", "vai"].includes(id) ? 60 : 150;
  const paragraphs = translation(id).text.split("\n\n");
  return paragraphs
    .filter((paragraph) => paragraph.length > enough)
    .slice(6, 9)
    .join("\n\n");
}

/** Chance that is the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}

function shuffledWords(text: string): string {
  const random = seeded(7);
  const words = text.split(/\s+/);
  for (let last = words.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [words[last], words[other]] = [words[other]!, words[last]!];
  }
  return words.join(" ");
}

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  l: "1",
  o: "0",
  i: "!",
  s: "5",
  a: "@",
  t: "+",
  g: "9",
  о: "0",
  з: "3",
  в: "8",
  б: "6",
  ο: "0",
  ι: "!",
};
function misread(text: string): string {
  const random = seeded(11);
  return [...text].map((letter) => (random() < 0.1 ? (LOOK_ALIKES[letter] ?? letter) : letter)).join("");
}

function cutInsideWord(text: string): string {
  const letters = [...text];
  let end = Math.floor(letters.length * 0.83);
  while (!/\p{L}/u.test(letters[end - 1]!) || !/\p{L}/u.test(letters[end]!)) end--;
  return letters.slice(0, end).join("");
}

const withSymbols = (text: string) =>
  [...text].map((letter, index) => (index % 7 === 3 && /\p{L}/u.test(letter) ? "@#$%&*"[index % 6] : letter)).join("");
const misdecoded = (text: string) => Buffer.from(text).toString("latin1");
const firstSentence = (text: string) => text.split(/(?<=[.。।])/u)[0]!;
const asMenu = (text: string) =>
  text
    .replace(/[^\p{L}\p{M}\s]/gu, "")
    .split(/\s+/)
    .map((word, index) => (index % 2 ? `${word}\n` : `${word} `))
    .join("");

const damages: Readonly<Record<string, (text: string) => string>> = {
  "three times over": (text) => `${text}\n\n`.repeat(3),
  "its first sentence six times": (text) => `${firstSentence(text)} `.repeat(6),
  "symbols in its words": withSymbols,
  "cut inside a word": cutInsideWord,
  "in capitals": (text) => text.toUpperCase(),
  "read in the wrong encoding": misdecoded,
  "misread by a scanner": misread,
  "its words shuffled": shuffledWords,
  "as short lines without stops": asMenu,
  "one word a line": (text) => text.replace(/\s+/g, "\n"),
};

/** Where a damage cannot show: no capitals, no spaces, no full stops, plain ASCII, letters that the scanner's table does not know. */
const UNSEEN: Readonly<Record<string, readonly string[]>> = {
  eng: ["read in the wrong encoding"],
  hin: ["in capitals", "misread by a scanner"],
  arb: ["in capitals", "misread by a scanner"],
  kor: ["in capitals", "misread by a scanner"],
  cmn_hans: ["in capitals", "misread by a scanner", "its words shuffled", "one word a line"],
  jpn: ["in capitals", "misread by a scanner", "its words shuffled", "one word a line"],
  tha: [
    "in capitals",
    "misread by a scanner",
    "its words shuffled",
    "cut inside a word",
    "as short lines without stops",
    "one word a line",
  ],
};
const LANGUAGES = ["eng", "deu_1996", "fra", "spa", "tur", "vie", "rus", "ell_monotonic", "hin", "arb", "kor", "cmn_hans", "jpn", "tha"];

for (const id of LANGUAGES) {
  describe(`scoreChunk(text): a clean paragraph (${id})`, () => {
    const prose = proseIn(id);
    const context = { language: { code: id, confidence: 0.8 } };
    const clean = scoreOf(prose, context);

    it("scores at least 0.85", () => expect(clean).to.be.within(0.85, 1));

    for (const [damage, apply] of Object.entries(damages)) {
      if (UNSEEN[id]?.includes(damage)) continue;
      it(`stands above itself ${damage}`, () => {
        expect(apply(prose)).not.to.equal(prose);
        expect(scoreOf(apply(prose), context)).to.be.below(clean - 0.02);
      });
    }
  });
}

describe("scoreChunk(text): prose stands above what surrounds it", () => {
  const prose = scoreOf(proseIn("eng"));
  const others: Readonly<Record<string, string>> = {
    "a menu": "Home\nAbout us\nProducts\nServices\nContact\nLog in\nShopping cart\nPrivacy Policy\nTerms of use",
    "a row of links": "Home | About | Contact | Products | News | Jobs | Login",
    "a table of numbers": "1990 12.5 13.7 88\n1991 12.9 14.1 90\n1992 13.3 14.4 92\n1993 13.8 15.0 95",
    keywords: "cheap flights hotels deals holidays cars insurance loans credit mortgage travel booking",
    markup: '<div class="a"><a href="/x?y=1&z=2">go</a></div><span id="b">now</span>',
    base64: "dGhpcyBpcyBub3QgYSB3b3JkIGJ1dCBiYXNlNjQgZGF0YSB0aGF0IGdvZXMgb24gYW5kIG9u\nZXZlbiBtb3JlIG9mIGl0IGhlcmUgYW5kIHRoZXJl",
    "fingers on the keyboard": "fgh dfgh sdfg hjkl dfgh sdfg asdf jkl sdfgh hjk fghj dfg sdfg hjk xcv bnm dfgh",
    "random letters": "xqzv wkjrtpl bgfdsq mnbvcxz lkjhgf qwrtplk zxcvbnm pqwrtz",
  };
  for (const [what, text] of Object.entries(others)) it(what, () => expect(scoreOf(text)).to.be.below(prose - 0.15));
});

describe("scoreChunk(text, context, settings)", () => {
  const prose = proseIn("eng");
  const cleaning = { html: false, code: false, steps: {}, removedShare: 0 };

  it("falls with what is known of the document", () => {
    const known = scoreOf(prose, { language: { code: "en", confidence: 0.8 } });
    expect(scoreOf(prose, { language: null })).to.be.below(known);
    expect(scoreOf(prose, { language: { code: "en", confidence: 0.8 }, cleaning: { ...cleaning, removedShare: 0.4 } })).to.be.below(known);
    const encoding = { name: "utf-8", confidence: 1, source: "utf-8" as const, replaced: 40 };
    expect(scoreOf(prose, { language: { code: "en", confidence: 0.8 }, encoding, metrics: { characters: 1000 } })).to.be.below(known);
  });

  it("gives every component between 0 and 1 and weighs them as the recipe says", () => {
    const only = parseRecipe(
      "extends: default\nscore: { weights: { alphanumeric: 0, repetition: 0, sentences: 0, vocabulary: 0, language: 0, cleaning: 0 } }",
    ).score;
    const { score, components } = scoreChunk(prose.toUpperCase(), {}, only);
    expect(Object.keys(components)).to.have.length(7);
    expect(score).to.be.closeTo(components.word_shape, 1e-9);
  });

  it("does not punish scripts without case, spaces or full stops", () => {
    const language = { code: "xx", confidence: 0.8 };
    for (const id of ["tha", "lao", "mya", "khm", "bod", "amh", "heb", "kat", "chr_uppercase", "vai"])
      expect(scoreOf(proseIn(id), { language }), id).to.be.above(0.85);
  });
});
