import { type ChunkOptions, chunk } from "@pipeline/clean-chunk/chunk/chunk";
import { tokenCounter } from "@pipeline/shared/tokens/token-counter";
import { expect } from "chai";

const counter = tokenCounter("o200k_base");

function pieces(text: string, options: Partial<ChunkOptions> = {}): string[] {
  const chunks = chunk(text, { maxTokens: 64, minTokens: 8, overlapTokens: 0, counter, ...options });
  return chunks.map(({ start, end }) => text.slice(start, end));
}

/** Prose of so many tokens, give or take one: one sentence without a mark inside. */
function sentence(tokens: number): string {
  return `It${" was".repeat(tokens - 2)}.`;
}

describe("chunk(text, options)", () => {
  it("leaves a text that fits whole, without the white space around it", () => {
    expect(pieces(" \n One thought.\n\nAnother. \n")).to.deep.equal(["One thought.\n\nAnother."]);
  });

  it("prefers a paragraph's end to filling up with another sentence", () => {
    const [first, second, third] = [sentence(50), sentence(10), sentence(40)];
    expect(pieces(`${first}\n\n${second} ${third}`)).to.deep.equal([first, `${second} ${third}`]);
  });

  it("fills up with sentences where whole paragraphs would leave a chunk half empty", () => {
    const paragraph = `${sentence(20)} ${sentence(20)}`;
    expect(pieces(Array(6).fill(paragraph).join("\n\n"))).to.have.length(4);
  });

  it("shares out a tail below the minimum with the chunk before", () => {
    const text = Array.from({ length: 11 }, () => sentence(6)).join(" ");
    const tokens = chunk(text, { maxTokens: 64, minTokens: 16, overlapTokens: 0, counter }).map((found) => found.tokens);
    expect(tokens).to.have.length(2);
    expect(Math.min(...tokens)).to.be.at.least(16);
  });

  for (const heading of ["## Results", "Chapter 2", "IV.", "RESULTS\n=======", "2.1 Methods", "第二章 方法", "Tetten 13.", "المادة 5"])
    it(`begins a chunk with the heading ${JSON.stringify(heading)} instead of ending one with it`, () => {
      const text = `${sentence(40)}\n\n${heading}\n\n${sentence(44)}`;
      expect(pieces(text)).to.deep.equal([sentence(40), `${heading}\n\n${sentence(44)}`]);
    });

  it("does not end a chunk with a chapter's name, be it ever so much like a sentence", () => {
    const text = `${sentence(30)}\n\n${sentence(20)}\n\nCHAPTER 1. Loomings.\n\n${sentence(40)}`;
    expect(pieces(text)).to.deep.equal([`${sentence(30)}\n\n${sentence(20)}`, `CHAPTER 1. Loomings.\n\n${sentence(40)}`]);
  });

  it("keeps headings one below the other with what they head", () => {
    const text = `${sentence(40)}\n\nPART ONE\n\nChapter 1\n\nThe Beginning\n\n${sentence(40)}`;
    expect(pieces(text)).to.deep.equal([sentence(40), `PART ONE\n\nChapter 1\n\nThe Beginning\n\n${sentence(40)}`]);
  });

  it("takes a paragraph that begins with a heading's word for what it is", () => {
    const text = `${sentence(30)}\n\nPart of me wanted to go.\n\n${sentence(50)}`;
    expect(pieces(text)).to.deep.equal([`${sentence(30)}\n\nPart of me wanted to go.`, sentence(50)]);
  });

  it("cuts a sentence under a heading rather than leave the heading behind", () => {
    const clauses = Array(4)
      .fill(`it${" was".repeat(14)}`)
      .join(", ");
    expect(pieces(`${sentence(20)}\n\n## Results\n\nSo ${clauses}.`).some((piece) => piece.endsWith("Results"))).to.equal(false);
  });

  for (const gap of ["\n", "\n\n"])
    it(`keeps a list with the line that announces it across ${JSON.stringify(gap)}`, () => {
      const list = `What it takes:${gap}- one apple a day\n- two pears\n- three plums and a bag of nuts`;
      expect(pieces(`${sentence(44)}\n\n${list}\n\n${sentence(60)}`)[1]).to.equal(list);
    });

  it("does not part a table from the names of its columns", () => {
    const table = "| Name | Age |\n|------|----:|\n| Ann | 23 |\n| Bob | 24 |\n| Cid | 25 |";
    for (const before of [30, 40, 46, 52])
      for (const piece of pieces(`${sentence(before)}\n\n${table}\n\n${sentence(50)}`)) expect(piece).to.not.match(/(Age \||----:\|)$/);
  });

  it("keeps a block of code whole where there is room", () => {
    const code = "```js\nconst a = 1;\n\n// Say hi. Then go.\nhi(a);\n```";
    expect(pieces(`${sentence(50)}\n\n${code}\n\n${sentence(60)}`)[1]).to.equal(code);
  });

  it("keeps a signature with the mark above it", () => {
    const text = `${sentence(30)}\n\nWith regards\n-- \nBob Jones\n${"12 Long Road, Springfield\n".repeat(5)}`;
    expect(pieces(text)[1]).to.match(/^-- \nBob/);
  });

  it("cuts hard-wrapped prose between sentences, not lines", () => {
    const line = "and then the long road went on over the hills until the evening came";
    const text = `${line}\n${line} where it ended. Then a new day\nbroke over the valley and all of them went back to work in the fields\nnear the river. ${"So it went on. ".repeat(6)}`;
    for (const piece of pieces(text)) expect(piece).to.match(/\.$/);
  });

  it("keeps quoted lines and header fields whole", () => {
    const fields = Array.from({ length: 20 }, (_, index) => `X-Field-${index}: some value of it ${index}`);
    for (const piece of pieces(fields.join("\n"))) for (const line of piece.split("\n")) expect(fields).to.include(line);
    const quoted = Array.from({ length: 20 }, (_, index) => `> short answer ${index}`);
    for (const piece of pieces(quoted.join("\n"))) for (const line of piece.split("\n")) expect(quoted).to.include(line);
  });

  it("cuts a sentence that alone exceeds the budget at its clauses", () => {
    const clause = "when the wind had turned and the rain came down on the hills again";
    for (const piece of pieces(`${Array(12).fill(clause).join(", ")}.`)) expect(piece).to.match(/again[,.]$/);
  });

  it("cuts a wrapped sentence at its clauses rather than its lines", () => {
    const clause = "when the wind had turned and the rain came\ndown on the hills again";
    for (const piece of pieces(`${Array(12).fill(clause).join(", ")}.`)) expect(piece).to.match(/again[,.]$/);
  });

  it("cuts Chinese, Thai and Khmer at sentence or phrase ends, and never inside a word while there is another way", () => {
    for (const piece of pieces("今天天气很好，我们去公园散步。".repeat(20))) expect(piece).to.match(/。$/);
    for (const piece of pieces("มนุษย์ทั้งหลายเกิดมามีอิสระ และเสมอภาคกัน ".repeat(20))) expect(piece).to.match(/(อิสระ|กัน)$/);
    for (const piece of pieces("មនុស្សទាំងអស់កើតមកមានសេរីភាព។ ".repeat(20))) expect(piece).to.match(/។$/);
    const words = "信息技术".repeat(60);
    for (const piece of pieces(words)) expect(piece).to.match(/^(信息|技术)+$/);
  });

  it("keeps addresses and numbers whole where words are written without spaces", () => {
    const text = "请访问https://example.org/a/b?c=1,234.56查看".repeat(20);
    const found = pieces(text);
    expect(found.join("")).to.equal(text);
    for (const piece of found) expect(piece.replaceAll("https://example.org/a/b?c=1,234.56", "")).to.not.match(/[\x21-\x7e]/);
  });

  it("begins to cut what is too long for any chunk behind the words before it", () => {
    const [first] = pieces(`See ${"QmFzZTY0/".repeat(60)} here.`);
    expect(counter.count(first!)).to.be.greaterThan(48);
  });

  it("gives a character that alone exceeds the budget a chunk of its own", () => {
    expect(pieces("👩‍👩 A b", { maxTokens: 1, minTokens: 0 })).to.deep.equal(["👩", "\u200d", "👩", "A", "b"]);
  });

  it("cuts inside a grapheme only when it alone exceeds the budget", () => {
    for (const piece of pieces("👩‍👩‍👧🇩🇪e\u0301".repeat(40))) expect(piece).to.match(/^(👩‍👩‍👧|🇩🇪|e\u0301)+$/u);
    const found = pieces(`a${"\u0301".repeat(500)}`);
    expect(found.length).to.be.greaterThan(1);
  });

  it("repeats whole sentences of the chunk before as overlap, within both limits", () => {
    const text = Array.from({ length: 30 }, (_, index) => `Here is sentence number ${index}.`).join(" ");
    const chunks = chunk(text, { maxTokens: 64, minTokens: 8, overlapTokens: 16, counter });
    for (const [index, { start, end, overlap }] of chunks.entries()) {
      expect(text.slice(start, end)).to.match(/^Here .*\.$/);
      if (index === 0) continue;
      expect(overlap).to.be.greaterThan(0);
      expect(counter.count(text.slice(start, start + overlap))).to.be.at.most(16);
    }
  });

  it("repeats words where no sentence is short enough", () => {
    const text = `It${" was".repeat(200)}`;
    const [, second] = chunk(text, { maxTokens: 64, minTokens: 8, overlapTokens: 10, counter });
    expect(text.slice(second!.start, second!.start + second!.overlap)).to.match(/^(was ?){1,10}$/);
  });
});
