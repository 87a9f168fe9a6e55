import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleFiles, writeSample } from "@pipeline/local/sample/write-sample";
import { encodedPath } from "@pipeline/shared/document-path";
import { sha256Of } from "@pipeline/shared/ids";
import { FEATURE_NAMES, parseTruth, type Truth } from "@pipeline/shared/truth";
import { expect } from "chai";

const MIN_DOCUMENTS = 1200;

describe("the sample", () => {
  const files = sampleFiles();
  const truths = files.map(({ truth }) => truth);
  const text = (truth: Truth) => [...files.find((file) => file.truth === truth)!.content.toString()];

  it("is the same bytes at every call, each path once", () => {
    const hash = (of: typeof files) => of.reduce((sum, { truth }) => sum.update(JSON.stringify(truth)), createHash("sha256")).digest("hex");
    expect(hash(sampleFiles())).to.equal(hash(files));
    expect(new Set(truths.map(({ path }) => path)).size).to.equal(files.length);
  });

  it("has at least 1,200 documents and shows every feature", () => {
    expect(files.length).to.be.at.least(MIN_DOCUMENTS);
    expect(new Set(truths.map(({ feature }) => feature))).to.deep.equal(new Set(FEATURE_NAMES));
  });

  it("knows where its personal values stand", () => {
    const values = truths
      .filter(({ feature }) => feature !== "pii_hidden")
      .flatMap((truth) => (truth.pii ?? []).map(({ type, start, end }) => `${type} ${text(truth).slice(start, end).join("")}`));
    expect(values).to.include.members(["credit_card 4111111111111111", "iban ES91 2100 0418 4502 0005 1332", "ip_address 8.8.8.8"]);
    expect(values.filter((value) => value.trimEnd() !== value || / \s/.test(value))).to.deep.equal([]);
  });

  it("is written with a truth for every document, outside the folder of documents, and not twice", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sample-"));
    const first = await writeSample(folder);
    const lines = (await readFile(join(folder, "truth.jsonl"), "utf8")).trimEnd().split("\n").map(parseTruth);
    expect(lines).to.have.length(first.documents);
    const expected = new Map(lines.map(({ path, sha256 }) => [path, sha256]));
    expect(new Map(await filesBelow(Buffer.from(join(folder, "documents/"))))).to.deep.equal(expected);
    const { mtimeMs } = await stat(join(folder, "truth.jsonl"));
    expect(await writeSample(folder)).to.include({ unchanged: true });
    expect((await stat(join(folder, "truth.jsonl"))).mtimeMs).to.equal(mtimeMs);
    await rm(folder, { recursive: true });
  });
});

/** Encoded path and hash of every file, by raw names. */
async function filesBelow(folder: Buffer, prefix = Buffer.alloc(0)): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, encoding: "buffer" })) {
    const path = Buffer.concat([folder, entry.name]);
    const relative = Buffer.concat([prefix, entry.name]);
    const slash = Buffer.from("/");
    if (entry.isDirectory()) found.push(...(await filesBelow(Buffer.concat([path, slash]), Buffer.concat([relative, slash]))));
    else found.push([encodedPath(relative), sha256Of(await readFile(path))]);
  }
  return found;
}
