import type { PipelineError } from "@pipeline/shared/errors";
import { flag, helpOf, integer, oneOf, parseOptions, text } from "@pipeline/shared/options";
import { expect } from "chai";

const options = {
  maxTokens: integer({ help: "tokens a chunk may hold", min: 16, max: 512, default: 512 }),
  tokenizer: oneOf(["o200k_base", "cl100k_base"], { help: "how tokens are counted", default: "o200k_base" }),
  dataset: text({ help: "where chunks belong", pattern: /^[a-z]+$/, expects: "lower-case letters" }),
  force: flag({ help: "do it again" }),
};

function refusal(...argv: string[]): string {
  try {
    parseOptions(options, argv);
  } catch (error) {
    expect((error as PipelineError).exitCode).to.equal(78);
    return (error as PipelineError).message;
  }
  throw new Error("expected a refusal");
}

describe("parseOptions(options, argv)", () => {
  it("fills in defaults and reads both spellings", () => {
    const expected = { maxTokens: 64, tokenizer: "o200k_base", dataset: "corpus", force: false };
    expect(parseOptions(options, ["--max-tokens", "64", "--dataset=corpus"])).to.deep.equal(expected);
    expect(parseOptions(options, ["--max-tokens=64", "--dataset", "corpus"])).to.deep.equal(expected);
  });

  it("takes a switch without a value, wherever it stands", () => {
    expect(parseOptions(options, ["--force", "--dataset", "a"]).force).to.equal(true);
    expect(parseOptions(options, ["--dataset", "a", "--force=false"]).force).to.equal(false);
  });

  for (const value of ["15", "513", "1e2", "0x20", "64.0", "many", " 64", "-64", "99999999999999999999"])
    it(`refuses --max-tokens "${value}"`, () => {
      expect(refusal("--dataset", "a", `--max-tokens=${value}`))
        .to.contain("--max-tokens")
        .and.contain(value)
        .and.contain("16 to 512");
    });

  it("names what is unknown, missing, empty, repeated, loose or no boolean", () => {
    expect(refusal("--dataset", "a", "--max-token", "5"))
      .to.contain("--max-token:")
      .and.contain("--max-tokens");
    expect(refusal("--dataset", "a", "-f")).to.contain("-f");
    expect(refusal("--dataset", "a", "--no-force")).to.contain("--no-force");
    expect(refusal()).to.contain("--dataset is missing");
    expect(refusal("--dataset=")).to.contain("--dataset is empty");
    expect(refusal("--dataset", "a", "--dataset", "b")).to.contain("2 times");
    expect(refusal("--dataset", "a", "loose")).to.contain('"loose"');
    expect(refusal("--dataset", "a", "--force=yes")).to.contain("true or false");
    expect(refusal("--dataset", "a", "--tokenizer", "gpt2")).to.contain("cl100k_base");
  });
});

describe("helpOf(options)", () => {
  it("tells of each flag what it expects and its default", () => {
    expect(helpOf(options)).to.contain("--max-tokens").and.contain("default 512").and.contain("required");
  });
});
