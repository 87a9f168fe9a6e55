import { judge } from "@pipeline/clean-chunk/judge/judge";
import { loadRecipe } from "@pipeline/shared/recipe";
import { nonAlphanumericRatio } from "@pipeline/shared/text/non-alphanumeric";
import { repetitionOf } from "@pipeline/shared/text/repetition";
import { scanText } from "@pipeline/shared/text/scan";
import { expect } from "chai";
import fc from "fast-check";

const recipe = loadRecipe("default");
/** Any UTF-16, with the characters that texts are made of more often than chance would have them. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(" ", "\n", "\n\n", ". ", "\ud800", "a", "word", "Ünïcode", "人", "ก", "e\u0301", "😀", "--", "'"),
    ),
  )
  .map((parts) => parts.join(""));

describe("for any text", () => {
  it("the ratio agrees with its definition", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const counted = [...text].filter((character) => !/\p{White_Space}/u.test(character));
        const others = counted.filter((character) => !/[\p{L}\p{M}\p{N}]/u.test(character));
        const expected = counted.length === 0 ? 1 : others.length / counted.length;
        expect(nonAlphanumericRatio(text)).to.equal(expected);
      }),
    );
  });

  it("a scan counts every code point once and stores every word", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const scan = scanText(text);
        expect(scan.characters).to.equal([...text].length);
        expect(scan.stored).to.equal(scan.words);
        expect(scan.weights.subarray(0, scan.stored).every((weight) => weight > 0)).to.equal(true);
        expect(scan.sentences).to.be.at.most(scan.words);
        expect(scan.lines).to.be.at.least(scan.paragraphs);
      }),
    );
  });

  it("repetition lies between 0 and 1 and does not fall when the text is said again", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = repetitionOf(scanText(text), 0);
        const thrice = repetitionOf(scanText(`${text}\n\n${text}\n\n${text}`), 0);
        for (const share of [...Object.values(once), ...Object.values(thrice)]) expect(share).to.be.within(0, 1);
        expect(thrice.duplicate_paragraphs).to.be.at.least(once.duplicate_paragraphs - 1e-9);
      }),
    );
  });

  it("a judgement is complete, finite and the same every time", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const facts = { text, encoding: null, binary: null, cleaning: null };
        const judgement = judge(facts, recipe.judge);
        expect(judge(facts, recipe.judge)).to.deep.equal(judgement);
        expect(judgement.rules).to.have.length(recipe.judge.sets.default.length);
        for (const value of Object.values(judgement.metrics)) expect(value).to.satisfy(Number.isFinite);
        expect(judgement.verdict.kind === "keep").to.equal(judgement.rules.every(({ passed }) => passed));
      }),
    );
  });
});

describe("hostile text", () => {
  for (const unit of ["a", "中", "ก", "€", " ", "\n", "\u0301", "x. ", "cookies ", "home\n", "\ud800", "A-", "a'"])
    it(`a million characters of ${JSON.stringify(unit)} are judged as they are`, () => {
      const text = unit.repeat(1_000_000 / unit.length);
      expect(judge({ text, encoding: null, binary: null, cleaning: null }, recipe.judge).rules).to.have.length(11);
    });
});
