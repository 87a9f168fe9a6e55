import { nonAlphanumericRatio } from "@pipeline/shared/text/non-alphanumeric";
import { expect } from "chai";

describe("nonAlphanumericRatio(text)", () => {
  const cases: [text: string, ratio: number, why: string][] = [
    ["abc", 0, "letters"],
    ["a b c", 0, "white space is left out"],
    ["abc def!", 1 / 7, "punctuation"],
    ["абв中文ก१٣", 0, "letters and digits of every script"],
    ["हिन्दी", 0, "combining marks are part of their letters"],
    ["ที่", 0, "Thai vowels and tones too"],
    ["e\u0301", 0, "a decomposed accent"],
    ["𝒳𐐷", 0, "letters beyond the BMP are one code point each"],
    ["😀a", 1 / 2, "an emoji is one code point, not two units"],
    ["\ud800a", 1 / 2, "a lone surrogate is one character"],
    ["½²Ⅻ", 0, "numbers that are no digits (N)"],
    ["a\u3000\u00a0b", 0, "every Unicode white space"],
    ["a\u200db", 1 / 3, "a joiner is neither white space nor alphanumeric"],
    ["", 1, "nothing is not alphanumeric"],
    ["   ", 1, "nor is white space alone"],
  ];
  for (const [text, ratio, why] of cases) it(`${why}: ${JSON.stringify(text)}`, () => expect(nonAlphanumericRatio(text)).to.equal(ratio));

  it("counts white space among the others when asked to", () => {
    expect(nonAlphanumericRatio("a b c", { countWhiteSpace: true })).to.equal(2 / 5);
    expect(nonAlphanumericRatio("  ", { countWhiteSpace: true })).to.equal(1);
  });

  it("is exactly 0.3 for three characters of ten, at any length", () => {
    for (const times of [1, 7, 333, 100_003]) expect(nonAlphanumericRatio("abcdefg!?.".repeat(times))).to.equal(0.3);
  });
});
