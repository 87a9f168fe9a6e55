import { Readable } from "node:stream";
import { readArguments } from "@pipeline/local/explain/arguments";
import { explainDocument } from "@pipeline/local/explain/explain-document";
import { explainLines, linesOf } from "@pipeline/local/explain/json-lines";
import { pageOf } from "@pipeline/local/explain/page";
import { expect } from "chai";

const SENTENCE = "The ledger of the harbour was kept by two clerks, who never once agreed about the weather of the day. ";
const CARD = "4111 1111 1111 1111";

describe("explainDocument(content, settings)", () => {
  const { settings, recipe } = readArguments(["--max-tokens", "32", "--keep-dropped", "file.txt"]);

  it("gives chunks and personal data as slices of the text that it gives", () => {
    const { text, chunks, pii } = explainDocument(
      Buffer.from(`\n\n  😀 ${SENTENCE.repeat(8)}Charge ${CARD} to him. ${SENTENCE}`),
      settings,
    );
    expect(chunks).to.have.length.greaterThan(3);
    for (const chunk of chunks) expect(text.slice(chunk.start, chunk.end)).to.equal(chunk.text);
    expect(pii.map(({ type, start, end }) => [type, text.slice(start, end)])).to.deep.equal([["credit_card", CARD]]);
  });

  it("names the byte range of each chunk in the raw file", () => {
    const content = Buffer.from(`\ufeff${"Der Zähler läuft über die Straße, sagte sie. ".repeat(12)}`);
    const { chunks } = explainDocument(content, settings);
    for (const { byteStart, byteEnd, text } of chunks) expect(content.subarray(byteStart, byteEnd).toString()).to.equal(text);
  });

  it("goes on to the chunks of a dropped document on request", () => {
    const dropped = Buffer.from("Too short, with 4111 1111 1111 1111.");
    expect(explainDocument(dropped, readArguments(["file.txt"]).settings)).to.deep.include({
      verdict: "drop",
      reason: "too_short",
      chunks: [],
    });
    const further = explainDocument(dropped, settings);
    expect(further).to.include({ verdict: "drop", reason: "too_short" });
    expect([further.chunks.length, further.pii.length]).to.deep.equal([1, 1]);
  });

  it("is told to a person without the personal values, and without what acts on a terminal", () => {
    const page = pageOf("a\u001b[31m.txt", explainDocument(Buffer.from(`${SENTENCE}Charge ${CARD} to him.`), settings), recipe).join("\n");
    expect(page).to.contain("verdict     keep").and.contain("XXXX XXXX XXXX XXXX");
    expect(page).not.to.match(/4111|\u001b/);
  });
});

describe("explainLines(lines, settings)", () => {
  const { settings } = readArguments(["--jsonl"]);
  const answers = async (...pieces: string[]) => {
    const found: Record<string, unknown>[] = [];
    for await (const line of explainLines(linesOf(Readable.from(pieces)), settings)) found.push(JSON.parse(line));
    return found;
  };

  it("answers every line in order, and a bad one with an error", async () => {
    const lines = [
      { id: 1, text: SENTENCE },
      { id: "b", bytesBase64: Buffer.from(SENTENCE).toString("base64") },
      { id: 3, path: "/none" },
      { id: 4 },
    ];
    const [first, second, third, fourth, last] = await answers(`${lines.map((line) => JSON.stringify(line)).join("\n")}\nnothing\n`);
    expect(first).to.deep.include({ id: 1, verdict: "keep", text: SENTENCE.trim() });
    expect(second).to.deep.include({ id: "b", chunks: first!.chunks });
    expect(third).to.deep.equal({ id: 3, error: "ENOENT" });
    expect(fourth!.error).to.match(/^expected/);
    expect(last).to.include({ id: null });
  });

  it("does not break lines at other than line feeds, wherever the pieces of the stream break", async () => {
    const line = JSON.stringify({ id: 1, text: `${SENTENCE}\u2028${SENTENCE}` });
    const [answer] = await answers(line.slice(0, 50), line.slice(50), "\n");
    expect(answer).to.deep.include({ id: 1, verdict: "keep" });
  });
});

describe("readArguments(argv)", () => {
  const refused: [argv: string[], message: RegExp][] = [
    [[], /expected files to explain, or --jsonl/],
    [["--jsonl", "file"], /expected no files/],
    [["--rules", "gopher", "file"], /--rules "gopher": expected some of default/],
    [["--colour", "file"], /unknown flag --colour/],
    [["--max-tokens", "513", "file"], /--max-tokens "513": expected a whole number from 16 to 512/],
  ];
  for (const [argv, message] of refused)
    it(`refuses ${argv.join(" ") || "nothing"}`, () => {
      expect(() => readArguments(argv)).to.throw(message);
    });
});
