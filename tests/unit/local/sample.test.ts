import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleFiles, writeSample } from "@pipeline/local/sample/write-sample";
import { sha256Of } from "@pipeline/shared/ids";
import { parseTruth } from "@pipeline/shared/truth";
import { expect } from "chai";

describe("the sample", () => {
  it("is the same bytes at every call, each path once", () => {
    const [first, second] = [sampleFiles(), sampleFiles()];
    expect(first.map(({ truth }) => truth)).to.deep.equal(second.map(({ truth }) => truth));
    expect(new Set(first.map(({ truth }) => truth.path)).size).to.equal(first.length);
  });

  it("is written with a truth for every document, outside the folder of documents", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sample-"));
    const count = await writeSample(folder);
    const truths = (await readFile(join(folder, "truth.jsonl"), "utf8")).trimEnd().split("\n").map(parseTruth);
    expect(truths).to.have.length(count);
    const entries = await readdir(join(folder, "documents"), { recursive: true, withFileTypes: true });
    expect(entries.filter((entry) => entry.isFile())).to.have.length(count);
    const plain = truths.find(({ path }) => path.startsWith("prose/"))!;
    expect(sha256Of(await readFile(join(folder, "documents", plain.path)))).to.equal(plain.sha256);
  });
});
