import { loadRecipe, parseRecipe } from "@pipeline/shared/recipe";
import { verdictOf } from "@pipeline/shared/verdict";
import { judgeChunk } from "@pipeline/validate/rules";
import { expect } from "chai";
import { translations } from "../../support/udhr.js";

const settings = loadRecipe("default").validate;
const reasonOf = (text: string, tokens = 100, ...more: [Parameters<typeof judgeChunk>[2]?, Parameters<typeof judgeChunk>[3]?]) => {
  const verdict = verdictOf(judgeChunk(text, tokens, more[0] ?? settings, more[1]).rules);
  return verdict.kind === "drop" ? verdict.reason : "accepted";
};
const withSettings = (yaml: string) => parseRecipe(`extends: default\nvalidate: ${yaml}`).validate;

describe("judgeChunk(text, tokens, settings): non_alphanumeric", () => {
  it("accepts exactly 30 per cent and rejects one character more", () => {
    expect(reasonOf("abcdefg!?.")).to.equal("accepted");
    expect(reasonOf(`${"abcdefg!?.".repeat(100)}!`)).to.equal("non_alphanumeric");
  });

  it("stores the ratio and the threshold it was compared with", () => {
    const { nonAlphanumericRatio, rules } = judgeChunk("ab !!", 10, settings);
    expect(nonAlphanumericRatio).to.equal(0.5);
    expect(rules[0]).to.deep.equal({ set: "validate", name: "non_alphanumeric", value: 0.5, threshold: 0.3, passed: false });
  });

  it("leaves white space out, unless the recipe counts it", () => {
    const spaced = "ab cd ef gh ij";
    expect(judgeChunk(spaced, 10, settings).nonAlphanumericRatio).to.equal(0);
    const counting = withSettings("{ non_alphanumeric: { count_white_space: true } }");
    expect(judgeChunk(spaced, 10, counting).nonAlphanumericRatio).to.equal(4 / 14);
    expect(reasonOf("a b c", 10, counting)).to.equal("non_alphanumeric");
  });

  it("accepts the Universal Declaration in all its translations", () => {
    for (const { id, text } of translations()) expect(reasonOf(text), id).to.equal("accepted");
  });

  it("rejects table borders and line noise", () => {
    expect(reasonOf("| a | b |\n|---|---|\n| 1 | 2 |")).to.equal("non_alphanumeric");
    expect(reasonOf("%$#@ &*() x {}[] y")).to.equal("non_alphanumeric");
  });

  it("still measures when the recipe has no such rule", () => {
    const lenient = withSettings("{ non_alphanumeric: false }");
    expect(judgeChunk("!!!!", 10, lenient).nonAlphanumericRatio).to.equal(1);
    expect(reasonOf("!!!!", 10, lenient)).to.equal("accepted");
  });
});

describe("judgeChunk(text, tokens, settings): too_few_tokens", () => {
  it("rejects a scrap of a longer document", () => {
    expect(reasonOf("and so on", 3)).to.equal("too_few_tokens");
    expect(reasonOf("one two three four five six seven eight", 8)).to.equal("accepted");
  });

  it("keeps the only chunk of a document, which is whole", () => {
    expect(reasonOf("Brief but whole.", 4, settings, { isOnlyChunk: true })).to.equal("accepted");
  });
});

describe("judgeChunk(text, tokens, settings): special_token_literal", () => {
  const spelled = [
    "The model stops at <|endoftext|> and goes on.",
    "<|im_start|>user\nHello there",
    "[INST] Tell me a story [/INST]",
    "<s> and </s>",
  ];
  for (const text of spelled)
    it(`flags ${text}`, () => {
      expect(judgeChunk(text, 20, settings).flags).to.deep.equal(["special_token_literal"]);
      expect(verdictOf(judgeChunk(text, 20, withSettings("{ non_alphanumeric: false }")).rules)).to.deep.equal({ kind: "keep" });
    });

  it("does not flag what only looks alike", () => {
    for (const text of ["a < b and c > d", "list[INDEX]", "<strong>", "end of text"])
      expect(judgeChunk(text, 20, settings).flags, text).to.deep.equal([]);
  });

  it("rejects them when the recipe says so", () => {
    const strict = withSettings("{ special_token_literal: { action: reject } }");
    expect(reasonOf(spelled[0]!, 20, strict)).to.equal("special_token_literal");
  });
});
