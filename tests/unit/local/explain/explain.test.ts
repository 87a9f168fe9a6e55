import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
    expect(page).to.contain("verdict     keep").and.contain("XXXX XXXX XXXX XXXX").and.contain("drops fewer than 50 letters");
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
    expect(third).to.deep.equal({ id: 3, error: "ENOENT: no such file" });
    expect(fourth!.error).to.match(/^bad_line: 0 of text, path, bytesBase64 are there, expected/);
    expect(last)
      .to.include({ id: null })
      .and.have.property("error")
      .that.match(/^bad_line: line 5 is no JSON, expected/);
  });

  it("gives back an id of any JSON, and null where there is none", async () => {
    const ids = [0, -1.5, "", "a", true, null, [1, { b: 2 }], { a: null }];
    const given = [...ids.map((id) => ({ id, text: "x" })), { text: "x" }].map((line) => JSON.stringify(line));
    expect((await answers(given.join("\n"))).map(({ id }) => id)).to.deep.equal([...ids, null]);
  });

  it("names the fields as they are promised, in their order", async () => {
    const [answer] = await answers(JSON.stringify({ id: 1, text: SENTENCE.repeat(2) }));
    const promised = ["id", "encoding", "text", "verdict", "reason", "rules", "chunks", "pii"];
    expect(Object.keys(answer!).slice(0, promised.length)).to.deep.equal(promised);
    expect((answer!.rules as object[])[0]).to.have.all.keys("set", "name", "value", "threshold", "passed");
    expect((answer!.chunks as object[])[0]).to.include.all.keys(
      ..."start end byteStart byteEnd text tokens quality nonAlphanumericRatio status reasons".split(" "),
    );
  });

  it("has an encoding also for what is no text", async () => {
    const [answer] = await answers(JSON.stringify({ bytesBase64: Buffer.from("\x89PNG\r\n\x1a\n", "latin1").toString("base64") }));
    expect(answer).to.include({ verdict: "drop", reason: "binary" }).and.have.nested.property("encoding.name", "binary");
  });

  const base64: [given: string, text: string | null][] = [
    ["aGVsbG8/", "hello?"],
    ["aGVsbG8_", "hello?"],
    ["aGVs\nbG8=\n", "hello"],
    ["aGVsbG8", "hello"],
    ["", ""],
    ["aGVsb", null],
    ["a*b=", null],
  ];
  for (const [given, text] of base64)
    it(`${text === null ? "refuses" : "reads"} base64 like ${JSON.stringify(given)}`, async () => {
      const [answer] = await answers(JSON.stringify({ id: 1, bytesBase64: given }));
      if (text === null) expect(answer).to.deep.equal({ id: 1, error: "bad_line: bytesBase64 is no base64" });
      else expect(answer).to.include({ id: 1, text });
    });

  const bad: [line: string, error: RegExp][] = [
    ["[1]", /^bad_line: line 1 is no object/],
    ['"text"', /^bad_line: line 1 is no object/],
    ['{"id":1,"text":5}', /^bad_line: text is no string/],
    ['{"id":1,"text":"a","path":"b"}', /^bad_line: 2 of text, path, bytesBase64 are there/],
  ];
  for (const [line, error] of bad)
    it(`says what is wrong with ${line}`, async () => expect((await answers(line))[0]!.error).to.match(error));

  it("does not wait for a pipe or a device, and goes on", async () => {
    const folder = mkdtempSync(join(tmpdir(), "explain-"));
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const [first, second, last] = await answers([pipe, "/dev/zero", folder].map((path) => JSON.stringify({ path })).join("\n"));
    rmSync(folder, { recursive: true });
    for (const { error } of [first!, second!]) expect(error).to.equal("bad_path: a pipe or a device, expected a file");
    expect(last!.error).to.match(/^EISDIR/);
  });

  it("takes byte order marks, CRLF, blank lines, fields of others, and a last line without an end", async () => {
    const found = await answers('\ufeff{"id":1,"text":"a"}\r\n\r\n  \n\ufeff{"id":2,"text":"b","origin":"c"}\r\n{"id":3,"text":"d"}');
    expect(found.map(({ id, text }) => [id, text])).to.deep.equal([
      [1, "a"],
      [2, "b"],
      [3, "d"],
    ]);
  });

  it("refuses a document that ingest would refuse for its size, however it is given", async () => {
    const small = { ...settings, process: { ...settings.process, recipe: structuredClone(settings.process.recipe) } };
    Object.assign(small.process.recipe.decode, { max_document_bytes: 3 });
    const given = [{ text: "äää" }, { bytesBase64: "aGVsbG8=" }, { path: process.execPath }].map((line) => JSON.stringify(line));
    const found: { error?: string }[] = [];
    for await (const line of explainLines(linesOf(Readable.from(given.map((line) => `${line}\n`))), small)) found.push(JSON.parse(line));
    for (const { error } of found) expect(error).to.match(/^too_large: \d+ bytes, at most 3$/);
    expect(found).to.have.length(3);
  });

  it("passes over a line too long to be held", async () => {
    const lines: (string | null)[] = [];
    for await (const line of linesOf(Readable.from(["ab", "cd\nef\nlong", "er", "\nend"]), 4)) lines.push(line);
    expect(lines).to.deep.equal(["abcd", "ef", null, "end"]);
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
