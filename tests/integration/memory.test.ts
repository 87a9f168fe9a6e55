import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@pipeline/shared/postgres/database";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import { expect } from "chai";
import { measuredChain, memoryBoundMb } from "../support/measured.js";
import { NASTY } from "../support/nasty-texts.js";
import { runSql, useEmptyDatabase } from "../support/postgres.js";
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
});
