import { loadRecipe } from "@pipeline/shared/recipe";
import { judgeChunk } from "@pipeline/validate/rules";
import { scoreChunk } from "@pipeline/validate/score/score";
import { expect } from "chai";
import fc from "fast-check";

const { score, validate } = loadRecipe("default");
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(" ", "\n", ". ", "。", "\ud800", "Word", "word", "人", "ก", "e\u0301", "😀", "\ufffd", "42"),
    ),
  )
  .map((parts) => parts.join(""));
const context = fc.record(
  {
    language: fc.option(fc.record({ code: fc.constant("en"), confidence: fc.double({ min: 0, max: 1, noNaN: true }) })),
    cleaning: fc.option(
      fc.record({
        html: fc.boolean(),
        code: fc.boolean(),
        steps: fc.constant({}),
        removedShare: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    ),
    encoding: fc.option(
      fc.record({ name: fc.constant("utf-8"), confidence: fc.constant(1), source: fc.constant("utf-8" as const), replaced: fc.nat() }),
    ),
  },
  { requiredKeys: [] },
);

describe("for any chunk in any document", () => {
  it("score and components lie between 0 and 1, and are the same every time", () => {
    fc.assert(
      fc.property(text, context, (chunk, document) => {
        const quality = scoreChunk(chunk, document, score);
        for (const value of [quality.score, ...Object.values(quality.components)]) expect(value).to.be.within(0, 1);
        expect(scoreChunk(chunk, document, score)).to.deep.equal(quality);
      }),
    );
  });

  it("the ratio lies between 0 and 1 and its rule agrees with it", () => {
    fc.assert(
      fc.property(text, fc.nat(600), (chunk, tokens) => {
        const { nonAlphanumericRatio, rules } = judgeChunk(chunk, tokens, validate);
        expect(nonAlphanumericRatio).to.be.within(0, 1);
        expect(rules[0]).to.include({ value: nonAlphanumericRatio, passed: nonAlphanumericRatio <= 0.3 });
      }),
    );
  });
});
