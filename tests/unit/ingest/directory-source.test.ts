import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MAX_HASHED_BYTES, type ReadDocument, readDocument } from "@pipeline/ingest/read-document";
import { directorySource } from "@pipeline/ingest/sources/directory-source";
import type { SourceEntry } from "@pipeline/ingest/sources/source";
import { sha256Of } from "@pipeline/shared/ids";
import { expect } from "chai";
import { folderOf } from "../../support/steps.js";

const MAX_BYTES = 4 * 1024 * 1024;

/** Lists the folder, lets `change` happen, and only then reads what was listed. */
async function readAfter(folder: string, change: () => void): Promise<Map<string, ReadDocument>> {
  const source = directorySource(folder, null);
  const entries: SourceEntry[] = [];
  for await (const entry of source.list()) entries.push(entry);
  change();
  const read = new Map<string, ReadDocument>();
  for (const entry of entries) read.set(entry.rawPath.toString(), await readDocument(source, entry, MAX_BYTES));
  return read;
}

/** The failure of each document, or its text. */
async function outcomesAfter(folder: string, change: () => void): Promise<Record<string, string>> {
  const read = await readAfter(folder, change);
  return Object.fromEntries([...read].map(([path, { failure, content }]) => [path, failure ?? content!.toString()]));
}

describe("directorySource(root, partition, excluded)", () => {
  it("reads nothing from outside when a file, or a folder above it, becomes a link after it was listed", async () => {
    const outside = await folderOf({ "a.txt": "secret", "b.txt": "secret" });
    const folder = await folderOf({ "a.txt": "mine", "sub/b.txt": "mine", "sub/c.txt": "mine" });
    const outcomes = await outcomesAfter(folder, () => {
      rmSync(join(folder, "a.txt"));
      symlinkSync(join(outside, "a.txt"), join(folder, "a.txt"));
      renameSync(join(folder, "sub"), join(folder, "moved"));
      symlinkSync(outside, join(folder, "sub"));
    });
    expect(outcomes).to.deep.equal({ "a.txt": "symlink", "sub/b.txt": "symlink", "sub/c.txt": "vanished" });
  });

  it("does not wait for a pipe that took the place of a file, and reads no folder as one", async () => {
    const folder = await folderOf({ "a.txt": "mine", "b.txt": "mine", "c.txt": "mine" });
    const outcomes = await outcomesAfter(folder, () => {
      for (const name of ["a.txt", "b.txt", "c.txt"]) rmSync(join(folder, name));
      execFileSync("mkfifo", [join(folder, "a.txt")]);
      mkdirSync(join(folder, "b.txt"));
    });
    expect(outcomes).to.deep.equal({ "a.txt": "not_a_file", "b.txt": "not_a_file", "c.txt": "vanished" });
  });

  it("reads a file that grew, shrank or was exchanged since it was listed as it is now", async () => {
    const folder = await folderOf({ "grown.txt": "one", "huge.txt": "one", "shrunk.txt": "one", "exchanged.txt": "one" });
    const long = "x".repeat(3 * 1024 * 1024);
    const read = await readAfter(folder, () => {
      appendFileSync(join(folder, "grown.txt"), long);
      truncateSync(join(folder, "huge.txt"), MAX_BYTES + 1);
      truncateSync(join(folder, "shrunk.txt"), 0);
      writeFileSync(join(folder, "new"), "two");
      renameSync(join(folder, "new"), join(folder, "exchanged.txt"));
    });
    expect(read.get("grown.txt")).to.include({ sha256: sha256Of(`one${long}`), rawBytes: long.length + 3, failure: null });
    expect(read.get("huge.txt")).to.include({ failure: "too_large", content: null, rawBytes: MAX_BYTES + 1 });
    expect(read.get("shrunk.txt")).to.include({ sha256: sha256Of(""), rawBytes: 0, failure: null });
    expect(read.get("exchanged.txt")!.content!.toString()).to.equal("two");
  });

  it("does not hash to its end what claims to be endless", async () => {
    const folder = await folderOf({ "sparse.txt": "" });
    truncateSync(join(folder, "sparse.txt"), 2 ** 42); // four terabytes: hours to read
    const read = await readAfter(folder, () => undefined);
    expect(read.get("sparse.txt")).to.deep.equal({ content: null, sha256: null, rawBytes: 2 ** 42, failure: "too_large" });
    expect(2 ** 42).to.be.above(MAX_HASHED_BYTES);
  });

  it("leaves out the folder that is excluded, and nothing that is only named like it", async () => {
    const folder = await folderOf({ "a/out/b.txt": "", "a/out-of/c.txt": "", "out/d.txt": "", "a/out.txt": "" });
    const paths: string[] = [];
    for await (const { rawPath } of directorySource(folder, null, "a/out").list()) paths.push(rawPath.toString());
    expect(paths).to.have.members(["a/out-of/c.txt", "out/d.txt", "a/out.txt"]);
  });

  it("follows a root that is a link, and none below it", async () => {
    const folder = await folderOf({ "a.txt": "mine" });
    const link = join(await folderOf({}), "root");
    symlinkSync(folder, link);
    symlinkSync(folder, join(folder, "again"));
    const source = directorySource(link, null);
    const texts: string[] = [];
    for await (const entry of source.list()) texts.push((await readDocument(source, entry, MAX_BYTES)).content!.toString());
    expect(texts).to.deep.equal(["mine"]);
  });
});
