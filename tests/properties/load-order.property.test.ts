import { rm } from "node:fs/promises";
import { lineageTask } from "@pipeline/lineage/task";
import { loadTask } from "@pipeline/load/task";
import { openDatabase } from "@pipeline/shared/postgres/database";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import { expect } from "chai";
import fc from "fast-check";
import { differencesOf, fullDump } from "../support/full-dump.js";
import { runSql, useEmptyDatabase } from "../support/postgres.js";
import { folderOf, Pipeline, prose } from "../support/steps.js";
import { WholeRuns } from "../support/whole-run.js";

const DOCUMENTS = 13;
const NUMBERS = Array.from({ length: DOCUMENTS }, (_, n) => n);

describe("the order in which batches are loaded", function () {
  this.timeout(240_000);
  const empty = useEmptyDatabase();
  let folder = "";
  before(async () => {
    const database = await openDatabase(empty.url);
    await migrateUp(database);
    await database.close();
    const files = Object.fromEntries(NUMBERS.map((n) => [`${n}.txt`, prose(n % 10, 6)])); // three are copies, in batches of their own
    folder = await folderOf({
      ...files,
      "short.txt": "Short.",
      "binary.txt": Buffer.alloc(500),
      "mail.txt": `${prose(40, 6)} a.b@wombat.org`,
    });
  });
  after(() => rm(folder, { recursive: true }));
  beforeEach(() => runSql(empty.url, "truncate pipeline_run, lineage, document cascade"));

  it("is found nowhere in what the database holds", async () => {
    const dumpAfter = async (order: (batches: readonly string[]) => readonly string[]) => {
      await runSql(empty.url, "truncate pipeline_run, lineage, document cascade");
      const runs = new WholeRuns(empty.url);
      expect((await runs.run(folder, { order })).batches).to.have.length.above(2);
      return fullDump(empty.url, { places: [] });
    };
    const inOrder = await dumpAfter((batches) => batches);
    expect(inOrder.chunk).to.have.length.above(DOCUMENTS / 2);
    const keys = fc.array(fc.nat(), { minLength: 20, maxLength: 20 });
    const permuted = (order: readonly number[]) => (batches: readonly string[]) =>
      batches
        .map((id, at) => [order[at % order.length]!, id] as const)
        .sort(([a], [b]) => a - b)
        .map(([, id]) => id);
    await fc.assert(
      fc.asyncProperty(keys, async (order) => {
        expect(differencesOf(inOrder, await dumpAfter(permuted(order)))).to.deep.equal([]);
      }),
      { numRuns: 3 },
    );
  });

  it("of two runs with different budgets at once leaves all to the one that began last", async () => {
    const pipeline = new Pipeline();
    const world = { environment: { DATABASE_URL: empty.url } };
    const budgets = { older: "64", newer: "256" };
    const loads: (() => Promise<void>)[] = [];
    for (const [run, budget] of Object.entries(budgets)) {
      const { batches } = await pipeline.ingest(folder, run, ["--batch-documents", run === "older" ? "3" : "5"], world);
      for (const { id } of batches) {
        await pipeline.cleanChunk(run, id, ["--max-tokens", budget], world);
        await pipeline.validate(run, id, [], world);
        const [from, to] = [`file:///pipeline/runs/${run}/validate/${id}.json`, `runs/${run}/load/${id}.json`];
        loads.push(() => pipeline.task(loadTask, from, to, [], world));
      }
    }
    await Promise.all(loads.reverse().map((load) => load()));
    for (const run of Object.keys(budgets))
      await pipeline.task(lineageTask, `file:///pipeline/runs/${run}/`, `runs/${run}/lineage.json`, [], world);
    expect(await runSql(empty.url, "select distinct max_tokens from chunk")).to.deep.equal([{ max_tokens: 256 }]);
    expect(await runSql(empty.url, "select distinct run_id from lineage l join document d on d.load_id = l.id")).to.deep.equal([
      { run_id: "newer" },
    ]);
    expect(await runSql(empty.url, "select status from pipeline_run")).to.deep.equal([{ status: "ok" }, { status: "ok" }]);
    expect(await runSql(empty.url, "select * from run_sums")).to.deep.equal([]);
  });
});
