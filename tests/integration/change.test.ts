import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { openDatabase } from "@pipeline/shared/postgres/database";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import { expect } from "chai";
import { createDatabase, dropDatabase, runSql } from "../support/postgres.js";
import { addFile, folderOf, prose } from "../support/steps.js";
import { type RunOptions, type WholeRun, WholeRuns } from "../support/whole-run.js";

const DOCUMENTS = 16;
const NOTHING = { ingest: 0, cleanChunk: 0, validate: 0 };

describe("a run after a change", function () {
  this.timeout(240_000);
  let folder = "";
  let runs: WholeRuns;
  let first: WholeRun;
  beforeEach(async () => {
    const files = Object.fromEntries(Array.from({ length: DOCUMENTS }, (_, n) => [`${n}.txt`, prose(n, 40)]));
    folder = await folderOf(files);
    runs = new WholeRuns(await createDatabase());
    const database = await openDatabase(runs.databaseUrl);
    await migrateUp(database);
    await database.close();
    first = await runs.run(folder);
    expect(first.batches.length).to.be.greaterThan(2);
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
    await dropDatabase(runs.databaseUrl);
  });

  /** Runs again, and expects that the rows of these documents, and of no others, were written. */
  async function expectWritten(paths: readonly string[], options: RunOptions = {}): Promise<WholeRun> {
    const before = await runs.written();
    const run = await runs.run(folder, options);
    const after = await runs.written();
    const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((path) => before[path] !== after[path]);
    expect(changed.sort()).to.deep.equal([...paths].sort());
    return run;
  }

  const all = Array.from({ length: DOCUMENTS }, (_, n) => `${n}.txt`);
  const retired = async () =>
    (await runSql(runs.databaseUrl, "select path from document where retired_at is not null order by path")).map(({ path }) => path);

  it("of nothing makes nothing and writes nothing", async () => {
    const { made, loaded } = await expectWritten([]);
    expect(made).to.deep.equal(NOTHING);
    expect(loaded).to.deep.equal({ inserted: 0, replaced: 0, unchanged: DOCUMENTS, superseded: 0 });
  });

  it("of one file's content makes its batch again, and writes its document alone", async () => {
    await addFile(folder, "7.txt", prose(100, 40));
    const { made, loaded } = await expectWritten(["7.txt"]);
    expect(made).to.deep.equal({ ingest: 1, cleanChunk: 1, validate: 1 });
    expect(loaded).to.include({ replaced: 1, unchanged: DOCUMENTS - 1 });
  });

  it("of one file's length leaves no chunk of the longer version", async () => {
    const before = (await runs.corpus())["7.txt"]!;
    await addFile(folder, "7.txt", prose(100, 6));
    await expectWritten(["7.txt"]);
    const after = (await runs.corpus())["7.txt"]!;
    expect(after.length).to.be.lessThan(before.length);
    for (const text of before) expect(after).not.to.contain(text);
  });

  it("of a file's content and back leaves what there was at first", async () => {
    const before = await runs.corpus();
    await addFile(folder, "7.txt", prose(100, 40));
    await runs.run(folder);
    expect(await runs.corpus()).not.to.deep.equal(before);
    await addFile(folder, "7.txt", prose(7, 40));
    const { made } = await expectWritten(["7.txt"]);
    expect(made).to.deep.equal(NOTHING); // the parts of the first run are still there
    expect(await runs.corpus()).to.deep.equal(before);
  });

  it("of one more file makes one batch again, or two where it is halved", async () => {
    await addFile(folder, "new.txt", prose(101, 40));
    const { made, loaded } = await expectWritten(["new.txt"]);
    expect(made.cleanChunk).to.be.within(1, 2);
    expect(loaded).to.include({ inserted: 1, unchanged: DOCUMENTS });
  });

  it("of a file's name is a document more; the old one stays, or is retired where the run is told so", async () => {
    await rename(join(folder, "7.txt"), join(folder, "renamed.txt"));
    const { loaded } = await expectWritten(["renamed.txt"]);
    expect(loaded).to.include({ inserted: 1, replaced: 0 });
    expect(Object.keys(await runs.corpus())).to.have.length(DOCUMENTS); // both have the same text: one of them is a duplicate
    await runs.run(folder, { ingest: ["--on-missing", "retire"] });
    expect(await retired()).to.deep.equal(["7.txt"]);
    expect(Object.keys(await runs.corpus()))
      .to.include("renamed.txt")
      .and.not.include("7.txt");
  });

  it("that took a file away keeps its document, retires it where told so, and brings it back when it reappears", async () => {
    await rm(join(folder, "7.txt"));
    await expectWritten([]);
    expect(Object.keys(await runs.corpus())).to.include("7.txt");
    await expectWritten([], { ingest: ["--on-missing", "retire"] });
    expect(await retired()).to.deep.equal(["7.txt"]);
    expect(Object.keys(await runs.corpus())).not.to.include("7.txt");
    await addFile(folder, "7.txt", prose(7, 40));
    const { loaded } = await expectWritten([], { ingest: ["--on-missing", "retire"] });
    expect(loaded).to.include({ unchanged: DOCUMENTS });
    expect(await retired()).to.deep.equal([]);
    expect(Object.keys(await runs.corpus())).to.include("7.txt");
  });

  it("of the tokens that a chunk may have makes and writes all chunks again, but reads no file anew", async () => {
    const { made } = await expectWritten(all, { cleanChunk: ["--max-tokens", "128"] });
    expect(made).to.deep.equal({ ingest: 0, cleanChunk: first.batches.length, validate: first.batches.length });
    expect(await runSql(runs.databaseUrl, "select distinct max_tokens from chunk")).to.deep.equal([{ max_tokens: 128 }]);
  });

  it("of what only validate does makes only its step again", async () => {
    const { made } = await expectWritten(all, { validate: ["--pii-policy", "drop"] });
    expect(made).to.deep.equal({ ingest: 0, cleanChunk: 0, validate: first.batches.length });
  });

  it("of the code makes everything again, to the same text", async () => {
    const before = await runs.corpus();
    const { made } = await expectWritten(all, { codeVersion: "other-code" });
    expect(made).to.deep.equal({ ingest: first.batches.length, cleanChunk: first.batches.length, validate: first.batches.length });
    expect(await runs.corpus()).to.deep.equal(before);
  });

  it("of the folder's place makes nothing and writes nothing", async () => {
    await rename(folder, `${folder}-moved`);
    folder = `${folder}-moved`;
    const { made, loaded } = await expectWritten([]);
    expect(made).to.deep.equal(NOTHING);
    expect(loaded).to.include({ unchanged: DOCUMENTS });
    const uris = await runSql(runs.databaseUrl, "select count(*)::integer as there from document where source_uri like '%-moved/%'");
    expect(uris).to.deep.equal([{ there: DOCUMENTS }]);
  });

  it("of the database, emptied, fills it from the parts that are there", async () => {
    const before = await runs.corpus();
    await runSql(runs.databaseUrl, "truncate pipeline_run, lineage, document cascade");
    const { made, loaded } = await runs.run(folder);
    expect(made).to.deep.equal(NOTHING);
    expect(loaded).to.include({ inserted: DOCUMENTS });
    expect(await runs.corpus()).to.deep.equal(before);
  });
});
