/** A novel's best chunking, found by trying every chain of its sentence ends, held against the chunker's. */
import { chunk } from "@pipeline/clean-chunk/chunk/chunk";
import { chapters } from "@pipeline/local/sample/sources";
import { TOKENIZERS, type TokenizerName, tokenCounter } from "@pipeline/shared/tokens/token-counter";
import { expect } from "chai";

const MAX_TOKENS = 512;
const HEADING = /(?:^|\n)(?:CHAPTER \d+[^\n]*|Epilogue)$/;
const STOPPED = /[.!?…]["'”’)\]*_]*$/;

/** Pieces between which a reader sees a sentence or paragraph end, with the white space between them. */
const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?…]["'”’)\]*_]*)(?=\s)|(?=\n\n)/).filter((piece) => piece.trim() !== "");

/** The fewest chunks that whole sentences can make. */
function fewestChunks(text: string, name: TokenizerName): number {
  const sentences = sentencesOf(text);
  const counter = tokenCounter(name);
  const fewest = new Array<number>(sentences.length + 1).fill(0);
  for (let from = sentences.length - 1; from >= 0; from--) {
    fewest[from] = Number.POSITIVE_INFINITY;
    let slice = "";
    for (let to = from; to < sentences.length; to++) {
      slice += sentences[to];
      const tokens = counter.count(slice.trim());
      if (tokens > MAX_TOKENS && to > from) break;
      fewest[from] = Math.min(fewest[from]!, Math.ceil(tokens / MAX_TOKENS) + fewest[to + 1]!);
    }
  }
  return fewest[0]!;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The text with its lines broken at 72 columns, as books on the net have them. */
const wrapped = (text: string): string => text.replace(/(?![^\n]{1,72}$)([^\n]{1,72}) /gm, "$1\n");

const novel = chapters().filter((_, index) => index % 3 === 0);

describe("chunk(text, options) on a novel", () => {
  for (const name of TOKENIZERS)
    for (const [how, form] of [
      ["as it is", (text: string) => text],
      ["wrapped", wrapped],
    ] as const)
      it(`makes as few chunks as whole sentences allow, counted in ${name}, ${how}`, () => {
        const options = { maxTokens: MAX_TOKENS, minTokens: 64, overlapTokens: 0, counter: tokenCounter(name) };
        const texts = novel.map(({ text }) => form(text.trim()));
        const found = texts.map((text) => chunk(text, options).length);
        expect(sum(found)).to.be.at.most(sum(texts.map((text) => fewestChunks(text, name))));
      });

  for (const maxTokens of [64, 128, 256, MAX_TOKENS])
    it(`strands no heading at the end of a chunk of ${maxTokens} tokens, and ends whole paragraphs or sentences wherever one fits`, () => {
      const text = wrapped(novel.map(({ text }) => text.trim()).join("\n\n\n\n\n"));
      const found = chunk(text, { maxTokens, minTokens: maxTokens >> 3, overlapTokens: 0, counter: tokenCounter("o200k_base") });
      const pieces = found.map(({ start, end }) => text.slice(start, end));
      expect(pieces.filter((piece) => HEADING.test(piece))).to.deep.equal([]);
      if (maxTokens === MAX_TOKENS) expect(pieces.filter((piece) => !STOPPED.test(piece)).length).to.be.at.most(pieces.length / 50);
    });
});
