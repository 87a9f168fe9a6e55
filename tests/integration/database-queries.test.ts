import { createHash } from "node:crypto";
import { type Database, openDatabase } from "@pipeline/shared/postgres/database";
import { QUERIES } from "@pipeline/shared/postgres/queries";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import { makeSubstringIndex } from "@pipeline/shared/postgres/substring-index";
import { SEARCH } from "@pipeline/shared/postgres/views/search";
import { expect } from "chai";
import { makeManyRows, RUN } from "../support/many-rows.js";
import { useEmptyDatabase } from "../support/postgres.js";

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

/** A value for every parameter that a query may name; each finds something. */
const VALUES: Readonly<Record<string, unknown>> = {
  dataset: "corpus",
  words: "w700 or w800",
  textSearchConfiguration: "simple",
  language: "de",
  piiType: "type3",
  path: "folder/77.txt",
  fileName: "77.txt",
  chunkId: md5("c77"),
  rawSha256: md5("raw77"),
  contentSha256: md5("t77"),
  transformationId: md5(`${RUN}77`),
  reason: "reason3",
  string: "UNIQUE777",
  rejectionId: md5("x77"),
  documentId: md5("d77"),
  runId: RUN,
  since: new Date(Date.now() - 1000_000),
};
/** lineage writes what they read, or no row is the right answer. */
const MAY_BE_EMPTY =
  "drop-reasons drop-reasons-over-time token-histogram quality-histogram quality-by-dataset languages pii-by-type sums".split(" ");

interface Plan {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Subplan Name"?: string;
  readonly "Actual Rows"?: number;
  readonly Plans?: readonly Plan[];
}

function sequentialScans(plan: Plan): string[] {
  const own = /^(Parallel )?Seq Scan$/.test(plan["Node Type"]) ? [plan["Relation Name"]!] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(sequentialScans)];
}

describe("documented queries on 100,000 chunks", function () {
  this.timeout(600_000);
  const empty = useEmptyDatabase();
  let database: Database;
  before(async () => {
    database = await openDatabase(empty.url);
    await migrateUp(database);
    await makeManyRows(database, 100_000);
    await makeSubstringIndex(database);
    await makeSubstringIndex(database); // once more changes nothing
  });
  after(() => database.close());

  /** A function hides its plan: what it does is explained in its place, planned as it has it planned. */
  const planOf = (name: string, sql: string, values: readonly unknown[], how = ""): Promise<Plan> =>
    database.transaction("explaining", async (manager) => {
      if (name === "search") await manager.query("set local enable_seqscan = off");
      const asked = name === "search" ? SEARCH.replaceAll("$3", "$3::regconfig") : sql;
      const [row] = await manager.query(`explain (${how}format json) ${asked}`, [...values]);
      return row["QUERY PLAN"][0].Plan;
    });

  for (const { name, question, sql, parameters, firstPage = [] } of QUERIES) {
    it(`${name}: finds its rows without reading chunk, document or rejection from end to end`, async () => {
      expect(question).to.match(/[?.]$/);
      const values = [...parameters.slice(0, parameters.length - firstPage.length).map((parameter) => VALUES[parameter]), ...firstPage];
      const large = sequentialScans(await planOf(name, sql, values)).filter((table) => ["chunk", "document", "rejection"].includes(table));
      expect(large).to.deep.equal([]);
      const rows = await database.query(name, sql, values);
      if (!MAY_BE_EMPTY.includes(name)) expect(rows).not.to.have.length(0);
    });
  }

  it("search: ranks 500 matches of frequent words, 200 of a phrase of them, whose matches are dear to find, and all of what is rarer", async () => {
    const ranked: Record<string, number> = {};
    for (const words of ["w1", "w1 or w2", "w1 -w2", '"w1 w1"', '"w1 w1" -w2', "unique77", '"unique77"']) {
      const plan = await planOf("search", "", ["corpus", words, "simple"], "analyze, ");
      ranked[words] = plan.Plans!.find((node) => node["Subplan Name"] === "CTE candidate")!["Actual Rows"]!;
    }
    expect(ranked).to.deep.equal({
      w1: 500,
      "w1 or w2": 500,
      "w1 -w2": 500,
      '"w1 w1"': 200,
      '"w1 w1" -w2': 200,
      unique77: 1,
      '"unique77"': 1,
    });
  });
});
