import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256Of } from "@pipeline/shared/ids";
import type { IndexEntry } from "@pipeline/shared/records";
import { expect } from "chai";
import { addFile, errorOf, folderOf, Pipeline, prose } from "../../support/steps.js";

async function indexOf(pipeline: Pipeline, run: string): Promise<Map<string, IndexEntry>> {
  const entries = new Map<string, IndexEntry>();
  for (const key of await pipeline.keys(`runs/${run}/ingest/`))
    for (const entry of await pipeline.records<IndexEntry>(await pipeline.manifest(key), "index")) entries.set(entry.path, entry);
  return entries;
}

/** Root reads what nobody may: as root, the call is made under an account without rights. */
async function asNobody<T>(call: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return call();
  process.seteuid!("nobody");
  try {
    return await call();
  } finally {
    process.seteuid!(0);
  }
}

describe("ingest --in DIRECTORY", () => {
  it("packs every .txt below the folder, bytes unchanged, each found by its place in the index", async () => {
    const files = { "a.txt": "plain", "deep/er/b.TXT": Buffer.from([0xff, 0x00, 0x41]), "c.md": "not a document", "empty.txt": "" };
    const pipeline = new Pipeline();
    const run = await pipeline.ingest(await folderOf(files), "r1");
    const entries = await indexOf(pipeline, "r1");
    expect([...entries.keys()].sort()).to.deep.equal(["a.txt", "deep/er/b.TXT", "empty.txt"]);
    expect(run.counts.documents).to.include({ in: 3, kept: 3 });
    const { parts } = await pipeline.manifest((await pipeline.keys("runs/r1/ingest/"))[0]!);
    const pack = await pipeline.store.get(parts.find(({ name }) => name === "pack")!.uri.replace("file:///pipeline/", ""));
    const { offset, length, sha256 } = entries.get("deep/er/b.TXT")!;
    expect(pack!.body.subarray(offset, offset + length)).to.deep.equal(files["deep/er/b.TXT"]);
    expect(sha256).to.equal(sha256Of(files["deep/er/b.TXT"]));
  });

  it("counts what is no readable file with a code, follows no link, and ends", async () => {
    const folder = await folderOf({ "good.txt": prose(1), "folder.txt/inside.txt": prose(2) });
    const outside = await folderOf({ "secret.txt": "outside" });
    symlinkSync(join(outside, "secret.txt"), join(folder, "link.txt"));
    symlinkSync(outside, join(folder, "linked-folder"));
    symlinkSync(folder, join(folder, "loop"));
    symlinkSync(join(folder, "nowhere"), join(folder, "dangling.txt"));
    execFileSync("mkfifo", [join(folder, "pipe.txt")]);
    const pipeline = new Pipeline();
    const run = await pipeline.ingest(folder, "r1");
    expect(run.counts.documents).to.deep.include({ in: 5, kept: 2, failed: { not_a_file: 1, symlink: 2 } });
    const entries = await indexOf(pipeline, "r1");
    expect([...entries.keys()]).to.include("folder.txt/inside.txt");
    expect([...entries.keys()].filter((path) => path.includes("secret"))).to.deep.equal([]);
  });

  it("hashes a file over the size limit without holding it, and fails it alone", async () => {
    const folder = await folderOf({ "small.txt": prose(1), "huge.txt": "" });
    truncateSync(join(folder, "huge.txt"), 40 * 1024 * 1024);
    const pipeline = new Pipeline();
    const run = await pipeline.ingest(folder, "r1");
    expect(run.counts.documents).to.deep.include({ in: 2, kept: 1, failed: { too_large: 1 } });
    const huge = (await indexOf(pipeline, "r1")).get("huge.txt")!;
    expect(huge).to.deep.include({ rawBytes: 40 * 1024 * 1024, length: 0, failure: { code: "too_large" } });
    expect(huge.sha256).to.equal(sha256Of(Buffer.alloc(40 * 1024 * 1024)));
  });

  it("carries names that are not UTF-8, hold quotes or line feeds, or differ only in their normal form", async () => {
    const folder = await folderOf({});
    const names = [
      Buffer.from([0x80, 0xfe]),
      Buffer.from('it\'s "quoted"\n'),
      Buffer.from("caf\u00e9"),
      Buffer.from("cafe\u0301"),
      Buffer.from("%41"),
    ];
    for (const name of names) writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name, Buffer.from(".txt")]), prose(3));
    const pipeline = new Pipeline();
    await pipeline.ingest(folder, "r1");
    const entries = await indexOf(pipeline, "r1");
    expect([...entries.keys()].sort()).to.deep.equal(
      ["%80%FE.txt", "it%27s%20%22quoted%22%0A.txt", "caf%C3%A9.txt", "cafe%CC%81.txt", "%2541.txt"].sort(),
    );
    expect(new Set([...entries.values()].map(({ id }) => id)).size).to.equal(5);
    expect(entries.get("it%27s%20%22quoted%22%0A.txt")!.fileName).to.equal('it\'s "quoted".txt');
  });

  it("says that nothing is there (99), but that a folder which is missing must be named otherwise (78)", async () => {
    const pipeline = new Pipeline();
    expect(await errorOf(pipeline.ingest(await folderOf({ "a.md": "" }), "r1"))).to.include({ exitCode: 99, code: "no_documents" });
    expect(await errorOf(pipeline.ingest("/nowhere/at/all", "r1"))).to.include({ exitCode: 78, code: "no_such_source" });
    const error = await errorOf(pipeline.ingest(await folderOf({ "2026-11-20/a.txt": "x" }), "r1", ["--partition", "2026-11-21"]));
    expect(error).to.include({ exitCode: 99 });
  });

  it("reads one partition, whose documents keep the identity that they have in the whole source", async () => {
    const folder = await folderOf({ "2026-11-20/a.txt": prose(1), "2026-11-21/b.txt": prose(2) });
    const pipeline = new Pipeline();
    const day = await pipeline.ingest(folder, "day", ["--partition", "2026-11-20"]);
    const whole = await pipeline.ingest(folder, "whole");
    const [ofDay, ofWhole] = [await indexOf(pipeline, "day"), await indexOf(pipeline, "whole")];
    expect([...ofDay.keys()]).to.deep.equal(["2026-11-20/a.txt"]);
    expect(ofDay.get("2026-11-20/a.txt")!.id).to.equal(ofWhole.get("2026-11-20/a.txt")!.id);
    expect([day.complete, whole.complete]).to.deep.equal([false, true]);
  });

  it("refuses a day that no calendar has, before anything is read", async () => {
    const error = await errorOf(new Pipeline().ingest(await folderOf({ "a.txt": "x" }), "r1", ["--partition", "2026-02-30"]));
    expect(error).to.include({ exitCode: 78, code: "bad_option" });
  });

  it("does not take a partition that it may not look at for an empty day", async () => {
    const folder = await folderOf({ "2026-11-20/a.txt": prose(1) });
    chmodSync(folder, 0o444); // its names can be read, what they stand for cannot
    const error = await asNobody(() => errorOf(new Pipeline().ingest(folder, "r1", ["--partition", "2026-11-20"])));
    expect(error).to.include({ exitCode: 78, code: "refused" });
  });

  it("says that a right is missing (78) where not one document may be read, and counts the one that may not beside others", async () => {
    const folder = await folderOf({ "a.txt": prose(1), "b.txt": prose(2) });
    chmodSync(folder, 0o755);
    chmodSync(join(folder, "a.txt"), 0);
    const run = await asNobody(() => new Pipeline().ingest(folder, "r1"));
    expect(run.counts.documents).to.deep.include({ in: 2, kept: 1, failed: { unreadable: 1 } });
    chmodSync(join(folder, "b.txt"), 0);
    const error = await asNobody(() => errorOf(new Pipeline().ingest(folder, "r1")));
    expect(error).to.include({ exitCode: 78, code: "unreadable_source" });
    chmodSync(folder, 0);
    expect(await asNobody(() => errorOf(new Pipeline().ingest(folder, "r1")))).to.include({ exitCode: 78, code: "refused" });
  });

  it("does not let a file that is too large take the room of others in their batch", async () => {
    const folder = await folderOf(Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`${n}.txt`, prose(n, 2)])));
    truncateSync(join(folder, "7.txt"), 300 * 1024 * 1024);
    const run = await new Pipeline().ingest(folder, "r1");
    expect(run.batches).to.have.length(1);
    expect(run.counts.documents).to.deep.include({ in: 20, kept: 19, failed: { too_large: 1 } });
  }).timeout(20_000);

  it("does not call a source complete of which a folder could not be listed", async () => {
    const folder = await folderOf({ "a.txt": prose(1) });
    mkdirSync(join(folder, "closed"));
    chmodSync(join(folder, "closed"), 0);
    chmodSync(folder, 0o755);
    const run = await asNobody(() => new Pipeline().ingest(folder, "r1"));
    expect(run.complete).to.equal(false);
    expect(run.counts.documents.failed).to.deep.equal({ unreadable_folder: 1 });
  });

  it("finds its packs made when nothing changed, and makes only the batch of a file that was added", async () => {
    const folder = await folderOf(Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`${n}.txt`, prose(n, 2)])));
    const pipeline = new Pipeline();
    const first = await pipeline.ingest(folder, "r1");
    const again = await pipeline.ingest(folder, "r2");
    expect([first.reused, again.reused]).to.deep.equal([false, true]);
    await addFile(folder, "one-more.txt", prose(5000));
    const before = await pipeline.keys("parts/ingest/");
    await pipeline.ingest(folder, "r3");
    const made = (await pipeline.keys("parts/ingest/")).filter((key) => !before.includes(key) && key.endsWith("manifest.json"));
    expect(made.length).to.be.within(1, 2);
  }).timeout(20_000);

  it("keeps its place in the order of runs when it goes on after a kill", async () => {
    const folder = await folderOf({ "a.txt": prose(1) });
    const pipeline = new Pipeline();
    const first = await pipeline.ingest(folder, "r1", [], { clock: () => new Date("2026-11-20T00:00:00Z") });
    const second = await pipeline.ingest(folder, "r1", [], { clock: () => new Date("2026-11-21T00:00:00Z") });
    expect(second.run.startedAt).to.equal(first.run.startedAt);
  });
});
