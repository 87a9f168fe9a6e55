import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@pipeline/shared/postgres/database";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import { expect } from "chai";
import { measuredChain, memoryBoundMb } from "../support/measured.js";
import { NASTY } from "../support/nasty-texts.js";
import { runSql, useEmptyDatabase } from "../support/postgres.js";
import { longProse } from "../support/sources-of-size.js";
import { prose } from "../support/steps.js";

const LARGEST_MB = 6;
const KINDS = ["prose on one line", "Chinese", "e-mail candidates"];

describe("the programs over documents of the size that the recipe accepts", function () {
  this.timeout(240_000);
  const database = useEmptyDatabase();

  it("stay within 300 MB and twelve times the largest, and lose but the one that is larger", async () => {
    const opened = await openDatabase(database.url);
    await migrateUp(opened);
    await opened.close();
    const folder = await mkdtemp(join(tmpdir(), "memory-"));
    try {
      const recipe = join(folder, "small.yaml");
      await writeFile(recipe, `extends: default\nname: small\ndecode: { max_document_bytes: ${LARGEST_MB * 2 ** 20} }\n`);
      for (const kind of KINDS) await writeFile(join(folder, `${kind}.txt`), NASTY[kind]!(LARGEST_MB * 2 ** 20));
      for (let n = 0; n < 20; n++) await writeFile(join(folder, `${n}.txt`), prose(n));
      await writeFile(join(folder, "huge.txt"), prose(1));
      await truncate(join(folder, "huge.txt"), 200 * 2 ** 20);
      const programs = await measuredChain({ source: `file://${folder}`, store: join(folder, "store"), databaseUrl: database.url, recipe });
      for (const { task, code, peakMb } of programs) {
        expect(code, task).to.equal(0);
        expect(peakMb, task).to.be.within(30, memoryBoundMb(LARGEST_MB));
      }
      expect(programs.map(({ task }) => task)).to.include.members(["ingest", "clean-chunk", "validate", "load"]);
      const failed = await runSql(database.url, "select path, failure_code from document where verdict = 'failed'");
      expect(failed).to.deep.equal([{ path: "huge.txt", failure_code: "too_large" }]);
      expect(await runSql(database.url, "select count(*)::integer as n from document")).to.deep.equal([{ n: 24 }]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("stay within three hundred MB and ten times a document of 64 MB, which every step of cleaning writes anew", async () => {
    const megabytes = 64;
    const folder = await mkdtemp(join(tmpdir(), "memory-"));
    try {
      const recipe = join(folder, "large.yaml");
      await writeFile(recipe, `extends: default\nname: large\ndecode: { max_document_bytes: ${megabytes * 2 ** 20} }\n`);
      await mkdir(join(folder, "source"));
      await writeFile(join(folder, "source/a.txt"), Buffer.from(longProse(1, megabytes * 2 ** 20)).subarray(0, megabytes * 2 ** 20));
      const chain = { source: `file://${folder}/source`, store: join(folder, "store"), databaseUrl: "", recipe, tasks: ["clean-chunk"] };
      const programs = await measuredChain(chain);
      expect(programs.map(({ task, code }) => [task, code])).to.deep.equal([
        ["ingest", 0],
        ["clean-chunk", 0],
      ]);
      for (const { task, peakMb } of programs) expect(peakMb, task).to.be.within(megabytes, 300 + 10 * megabytes);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
