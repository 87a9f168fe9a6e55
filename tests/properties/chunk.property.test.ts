import { type Chunk, chunk } from "@pipeline/clean-chunk/chunk/chunk";
import { TOKENIZERS, tokenCounter } from "@pipeline/shared/tokens/token-counter";
import { expect } from "chai";
import fc from "fast-check";
import { get_encoding, type Tiktoken } from "tiktoken";
import { documentsOf } from "../support/corpora.js";
import { translations } from "../support/udhr.js";

const counter = tokenCounter("o200k_base");
const base = { maxTokens: 512, minTokens: 64, overlapTokens: 0, counter };

const WHITE_AT_END = /^\p{White_Space}|\p{White_Space}$/u;
const WHITE = /^\p{White_Space}*$/u;

/** Says what is wrong with the chunks of a text, or nothing. */
function faultOf(text: string, chunks: readonly Chunk[], maxTokens: number, overlapTokens = 0): string | undefined {
  let at = 0;
  for (const [index, { start, end, overlap, tokens }] of chunks.entries()) {
    const where = `chunk ${index} of ${chunks.length} [${start}, ${end})`;
    const slice = text.slice(start, end);
    if (start + overlap < at || !WHITE.test(text.slice(at, start + overlap))) return `${where} leaves text out or repeats it untold`;
    if (overlap > 0 && start + overlap !== at) return `${where} does not repeat the end of the chunk before`;
    if (overlap > 0 && counter.count(text.slice(start, start + overlap)) > overlapTokens) return `${where} repeats too much`;
    if (start + overlap >= end) return `${where} brings nothing new`;
    if (WHITE_AT_END.test(slice)) return `${where} is not trimmed`;
    if (tokens !== counter.count(slice)) return `${where} says ${tokens} tokens, has ${counter.count(slice)}`;
    if (tokens > maxTokens) return `${where} has ${tokens} tokens`;
    if (text.isWellFormed() && !slice.isWellFormed()) return `${where} cuts a surrogate pair`;
    at = end;
  }
  return WHITE.test(text.slice(at)) ? undefined : `text after ${at} is left out`;
}

function expectSound(text: string, options: { maxTokens: number; minTokens: number; overlapTokens: number } = base): void {
  const fault = faultOf(text, chunk(text, { ...options, counter }), options.maxTokens, options.overlapTokens);
  expect(fault, JSON.stringify(text.slice(0, 200))).to.equal(undefined);
}

const parts = fc.constantFrom(
  ..."a|B|word|The| |  |\n|\n\n|\n \n|. |.|! |?\n|, |; |...|Mr. |U.S. |3.14|1,000|0199| 10 000|é|e\u0301|\u0301|中|文字。|，|ไทย|ភាសា|བོད་|།|مرحبا|؟ |नमस्ते।|👍🏽|👩‍👩‍👧|🇩🇪|\u200d|\u00a0|\u0085|\ufeff|\t|> |# |- |-----\n|http://a.b/c?d=e|x@y.zz|<|endoftext|>|\ud83d|\udc4d|𠀀"
    .split("|")
    .concat(
      "|",
      "```\n",
      "~~~\n",
      "|--|--|\n",
      "Chapter 1\n\n",
      "-- \n",
      "so:\n",
      "=".repeat(40),
      "a".repeat(70),
      "1".repeat(50),
      " ".repeat(200),
      "字".repeat(30),
    ),
);
const anyText = fc.array(parts, { maxLength: 300 }).map((found) => found.join(""));
const anyLimits = fc.record({
  maxTokens: fc.oneof(fc.integer({ min: 4, max: 16 }), fc.integer({ min: 16, max: 80 }), fc.constant(8192)),
  minTokens: fc.integer({ min: 0, max: 60 }),
  overlapTokens: fc.constantFrom(0, 0, 1, 7, 100),
});

describe("chunk(text, options)", () => {
  it("keeps every promise on text of all kinds of parts, within any limits", () => {
    fc.assert(
      fc.property(anyText, anyLimits, (text, limits) => expectSound(text, limits)),
      { numRuns: 1500 },
    );
  });

  it("keeps every promise on random Unicode", () => {
    const text = fc.string({ unit: "binary", maxLength: 400 });
    fc.assert(
      fc.property(text, anyLimits, (candidate, limits) => expectSound(candidate, limits)),
      { numRuns: 500 },
    );
  });

  it("keeps every promise on the Declaration of Human Rights in all its languages, with and without overlap", () => {
    for (const { text } of translations()) expectSound(text);
    for (const { text } of translations().filter((_, index) => index % 8 === 0))
      expectSound(text, { maxTokens: 96, minTokens: 24, overlapTokens: 24 });
  });

  it("keeps every promise on real mails", () => {
    for (const [index, bytes] of documentsOf("mails").entries()) if (index % 10 === 0) expectSound(bytes.toString("utf8"));
  });

  it("cuts no word, number, address or telephone number that fits a chunk", () => {
    const atoms = "word|it's|1,234.56|2024-05-17|10:30:05|x.y@example.org|https://example.org/a/b?c=d&e=f#g|e.g.|3.14%|#tag|naïve|слово";
    const atom = fc.constantFrom(...atoms.split("|"));
    const gap = fc.constantFrom(" ", " ", " ", "\n", ", ", ". ", "\n\n");
    fc.assert(
      fc.property(fc.array(fc.tuple(atom, gap), { maxLength: 200 }), fc.integer({ min: 24, max: 90 }), (pairs, maxTokens) => {
        const text = pairs.flat().join("");
        const chunks = chunk(text, { ...base, maxTokens, minTokens: 8 });
        return chunks.slice(1).every(({ start }, index) => start > chunks[index]!.end);
      }),
      { numRuns: 300 },
    );
  });

  for (const name of TOKENIZERS)
    it(`stays within the budget as tiktoken counts ${name}`, () => {
      const tiktoken = get_encoding(name);
      const texts = translations().filter((_, index) => index % 10 === 0);
      for (const { id, text } of texts) expect(overBudget(tiktoken, text, name), id).to.deep.equal([]);
      tiktoken.free();
    });

  it("gives the same chunks again", () => {
    const { text } = translations()[7]!;
    expect(chunk(text, base)).to.deep.equal(chunk(text, base));
  });

  it("has no chunk for text without a visible character", () => {
    expect(chunk("", base)).to.deep.equal([]);
    expect(chunk(" \n\t\u2003".repeat(200_000), base)).to.deep.equal([]);
  });

  for (const [what, unit] of Object.entries({ letter: "a", ideograph: "中", symbol: "=", "joined emoji": "👩\u200d", word: "word " }))
    it(`chunks a million units of one ${what} in time that does not grow with the square`, () => {
      // With a square in it this takes hours; the suite's own limit is the bound.
      const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
      expect(chunk(text, base).at(-1)!.end).to.equal(text.trimEnd().length);
    });

  for (const unit of ["a", "7", "中", "=", "\u0301", "👩\u200d", "🇩🇪", "ก", "word ", "12 ", "word, ", "A b. ", "word\n", "A b.\n\n"])
    it(`keeps every promise on ${JSON.stringify(unit)} again and again`, () => expectSound(unit.repeat(60_000 / unit.length)));

  it("chunks text on both sides of a million spaces", () => {
    const text = `One sentence.${" ".repeat(1_000_000)}Another one.`;
    expect(chunk(text, base).map(({ start, end }) => text.slice(start, end))).to.deep.equal(["One sentence.", "Another one."]);
  });
});

function overBudget(tiktoken: Tiktoken, text: string, name: (typeof TOKENIZERS)[number]): Chunk[] {
  const chunks = chunk(text, { ...base, counter: tokenCounter(name) });
  return chunks.filter(({ start, end, tokens }) => tiktoken.encode_ordinary(text.slice(start, end)).length !== tokens || tokens > 512);
}
