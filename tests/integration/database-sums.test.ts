import { recordRun } from "@pipeline/lineage/dataset/record-run";
import { rowImbalancesOf } from "@pipeline/lineage/dataset/row-imbalances";
import { type Database, openDatabase } from "@pipeline/shared/postgres/database";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import { type Counts, NO_COUNTS } from "@pipeline/shared/tally";
import { expect } from "chai";
import { BATCH, contextOf, load, type Texts, transformation } from "../support/loading.js";
import { useEmptyDatabase } from "../support/postgres.js";

const DOCUMENTS: Readonly<Record<string, Texts>> = {
  one: { accepted: ["first text", "second text"], rejected: ["###"] },
  two: { accepted: ["third text"] },
  short: { dropped: "too_short" },
  large: { failed: "too_large" },
};

describe("sums in the database", () => {
  const empty = useEmptyDatabase();
  let database: Database;
  before(async () => {
    database = await openDatabase(empty.url);
    await migrateUp(database);
  });
  after(() => database.close());

  /** A run of that day that loaded the documents and ended well; clean-chunk and validate handed over what load received. */
  async function completeRun(day: number, documents = DOCUMENTS): Promise<void> {
    const { run } = contextOf(day);
    const loaded = await load(database, contextOf(day), documents);
    const validated: Counts = { ...NO_COUNTS, in: 4, kept: 3, dropped: { non_alphanumeric: 1 } };
    const handed: Counts = { ...NO_COUNTS, in: 4, kept: 4 };
    const rows = [
      transformation(run.id, "ingest", "", { counts: { documents: loaded.documents } }),
      transformation(run.id, "clean-chunk", BATCH, { counts: { documents: loaded.documents, chunks: handed } }),
      transformation(run.id, "validate", BATCH, { counts: { chunks: validated } }),
      transformation(run.id, "load", BATCH, { counts: { documents: loaded.documents, chunks: loaded.chunks } }),
    ];
    const ended = { status: "ok" as const, counts: { documents: loaded.documents, chunks: validated }, finishedAt: new Date() };
    await recordRun(database, { run: { ...run, ...ended }, transformations: rows, attempts: [] });
  }

  beforeEach(async () => {
    await database.query("emptying", "truncate document, lineage, pipeline_run cascade");
    await completeRun(1);
  });

  const problems = async (view: string): Promise<string[]> =>
    (await database.query<{ problem: string }>("reading", `select problem from ${view} order by 1`)).map(({ problem }) => problem);
  const plant = (...statements: readonly string[]) =>
    database.transaction("planting", async (manager) => {
      await manager.query("set local session_replication_role = replica"); // past the references: as a careless hand or a broken disk would
      for (const sql of statements) await manager.query(sql);
    });
  const counted = (task: string, kind: string, field: string, value: number) =>
    `update lineage set counts = jsonb_set(counts, '{${kind},${field}}', '${value}') where task = '${task}'`;
  const copyOfChunk = `insert into chunk (id, document_id, dataset, file_name, ordinal, text, tokenizer, max_tokens, token_count, overlap,
      char_start, char_end, byte_start, byte_end, origin, quality_score, quality, non_alphanumeric_ratio, has_pii, content_sha256,
      transformation_id, processed_at)
    select gen_random_uuid(), document_id, dataset, file_name, 99, text, tokenizer, max_tokens, token_count, overlap, char_start, char_end,
      byte_start, byte_end, origin, quality_score, quality, non_alphanumeric_ratio, has_pii, content_sha256, transformation_id, processed_at
    from chunk where file_name = 'two.txt'`;

  it("say nothing when all is well, also of older runs and after a document was replaced", async () => {
    await completeRun(2, { ...DOCUMENTS, two: { accepted: ["another text"] } });
    for (const view of ["run_sums", "row_sums", "document_sums"]) expect(await problems(view), view).to.deep.equal([]);
  });

  const imbalances: Readonly<Record<string, { plant: readonly string[]; run: readonly string[]; document?: readonly string[] }>> = {
    "a chunk's row that is missing": {
      plant: ["delete from chunk where file_name = 'one.txt' and ordinal = 1"],
      run: ["3 were counted, 2 rows are there"],
      document: ["2 chunks accepted, 1 rows are there"],
    },
    "a chunk's row too many": {
      plant: [copyOfChunk],
      run: ["3 were counted, 4 rows are there"],
      document: ["1 chunks accepted, 2 rows are there"],
    },
    "a document that says another number of chunks": {
      plant: ["update document set accepted_chunks = 5 where path = 'two.txt'"],
      run: ["3 were counted, 7 are what the documents say"],
      document: ["5 chunks accepted, 1 rows are there"],
    },
    "a document that is lost with all its chunks": {
      plant: ["delete from chunk where file_name = 'two.txt'", "delete from document where path = 'two.txt'"],
      run: ["3 were counted, 2 are what the documents say", "3 were counted, 2 rows are there", "4 were counted, 3 rows are there"],
    },
    "a failed document that is lost": {
      plant: ["delete from document where path = 'large.txt'"],
      run: ["4 were counted, 3 rows are there"],
    },
    "a dropped document without its reason": {
      plant: ["delete from rejection where level = 'document'"],
      run: ["1 were counted, 0 of the dropped ones have a row that says why"],
      document: ["dropped, and 0 rows say why"],
    },
    "outcomes that do not add up": {
      plant: [counted("validate", "chunks", "dropped,non_alphanumeric", 2)],
      run: ["in is 4, outcomes are 5"],
    },
    "a step that did not receive what the one before handed over": {
      plant: [counted("clean-chunk", "chunks", "kept", 5), counted("clean-chunk", "chunks", "in", 5)],
      run: ["clean-chunk handed over 5, validate received 4"],
    },
    "a batch that ingest listed and nobody processed": {
      plant: [counted("ingest", "documents", "in", 9)],
      run: ["in is 9, outcomes are 4", "ingest listed 9, the batches hold 4"],
    },
    "a run that is called ok without one of its steps": {
      plant: ["delete from lineage where task = 'validate'"],
      run: ["the run is ok, and this step of the batch is not"],
    },
  };
  for (const [name, { plant: statements, run, document = [] }] of Object.entries(imbalances)) {
    it(`name ${name}`, async () => {
      await plant(...statements);
      expect(await problems("run_sums")).to.deep.equal(run);
      expect(await problems("document_sums")).to.deep.equal(document);
    });
  }

  it("are told to the run itself, which may then not call itself done", async () => {
    await plant("delete from chunk where file_name = 'one.txt'");
    expect(await rowImbalancesOf(database, "run-1")).to.deep.equal([`batch ${BATCH}: of its chunks 3 were counted, 1 rows are there`]);
  });
});
