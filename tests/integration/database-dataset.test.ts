import { EventEmitter, once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { closeAbandonedRuns } from "@pipeline/lineage/dataset/abandoned-runs";
import { markExactDuplicates } from "@pipeline/lineage/dataset/exact-duplicates";
import { freshenStatistics } from "@pipeline/lineage/dataset/fresh-statistics";
import { lockDataset } from "@pipeline/lineage/dataset/lock";
import { recordRun } from "@pipeline/lineage/dataset/record-run";
import { retireMissing } from "@pipeline/lineage/dataset/retire";
import { writeStatistics } from "@pipeline/lineage/dataset/statistics";
import { type Database, openDatabase } from "@pipeline/shared/postgres/database";
import { chunkEntity } from "@pipeline/shared/postgres/entities/chunk";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import { expect } from "chai";
import { BATCH, contextOf, DATASET, documentOf, dump, load, type Texts, transformation } from "../support/loading.js";
import { useEmptyDatabase } from "../support/postgres.js";

/** Resolves when it holds; the test's own time limit ends the waiting. */
async function waitFor(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(100);
}

describe("steps over a whole dataset", () => {
  const empty = useEmptyDatabase();
  let database: Database;
  before(async () => {
    database = await openDatabase(empty.url);
    await migrateUp(database);
  });
  after(() => database.close());
  beforeEach(() => database.query("emptying", "truncate document, lineage, pipeline_run cascade"));

  const same: Texts = { accepted: ["same text"] };
  const marks = async (): Promise<string[]> => {
    const sql = `select concat(d.file_name, ' = ', o.file_name, ' ', d.similarity) as mark
      from document d join document o on o.id = d.duplicate_of order by 1`;
    return (await database.query<{ mark: string }>("reading", sql)).map(({ mark }) => mark);
  };
  const corpusSize = async (): Promise<number> =>
    Number((await database.query<{ n: string }>("counting", "select count(*) as n from corpus_chunk"))[0]!.n);
  const missing = (present: readonly string[], day = 9, pathPrefix = "", afterListing = async (): Promise<void> => undefined) =>
    retireMissing(database, {
      dataset: DATASET,
      pathPrefix,
      runStartedAt: contextOf(day).run.startedAt,
      present: async function* () {
        yield* present.map((name) => documentOf(name, {}).document.id);
        await afterListing();
      },
    });

  it("mark the same duplicates whatever order the documents came in", async () => {
    const documents: Record<string, Texts> = { ...{ a: same, b: same, c: same, d: { accepted: ["other"] } }, e: { dropped: "too_short" } };
    const dumps: unknown[] = [];
    for (const order of ["abcde", "edcba", "cbead"]) {
      await database.query("emptying", "truncate document, lineage, pipeline_run cascade");
      for (const [index, name] of [...order].entries()) {
        await load(database, contextOf(index + 1), { [name]: documents[name]! });
        await markExactDuplicates(database, DATASET);
      }
      expect(await markExactDuplicates(database, DATASET)).to.equal(2);
      dumps.push(await dump(database));
    }
    expect(dumps[1]).to.deep.equal(dumps[0]);
    expect(dumps[2]).to.deep.equal(dumps[0]);
    expect(await corpusSize()).to.equal(2);
  });

  it("clear a mark when the document or its original changes, and leave marks of near-duplicates alone", async () => {
    await load(database, contextOf(1), { a: same, b: same, near: { accepted: ["same text, nearly"] } });
    const sql =
      "update document set duplicate_of = (select min(id::text)::uuid from document where path <> 'near.txt'), similarity = 0.9 where path = 'near.txt'";
    await database.query("marking", sql);
    await markExactDuplicates(database, DATASET);
    expect((await marks()).filter((mark) => mark.endsWith(" 1"))).to.have.length(1);
    await load(database, contextOf(2), { a: { accepted: ["changed"] } });
    await markExactDuplicates(database, DATASET);
    expect((await marks()).map((mark) => mark.split(" ").at(-1))).to.deep.equal(["0.9"]);
  });

  it("let a duplicate take the place of an original that was retired", async () => {
    await load(database, contextOf(1), { a: same, b: same });
    await markExactDuplicates(database, DATASET);
    const [mark] = await marks();
    const [copy, original] = mark!.split(/\.txt.*? = |\.txt/);
    expect(await missing([copy!])).to.equal(1);
    expect(await corpusSize()).to.equal(0);
    await markExactDuplicates(database, DATASET);
    expect(await corpusSize()).to.equal(1);
    await load(database, contextOf(10), { [original!]: same });
    await markExactDuplicates(database, DATASET);
    expect(await marks()).to.deep.equal([mark]);
  });

  it("retire only what the source lost, not what a newer run met or another source brought", async () => {
    await load(database, contextOf(1), { "here/a": same, "here/b": same, "there/c": same });
    await load(database, contextOf(5), { "here/new": same });
    expect(await missing(["here/a"], 2, "here/")).to.equal(1);
    expect(await missing(["here/a"], 2, "here/")).to.equal(0);
    const retired = await database.query<{ path: string }>("reading", "select path from document where retired_at is not null");
    expect(retired).to.deep.equal([{ path: "here/b.txt" }]);
  });

  it("retire against the load of an older run that wakes up late, and not against that of a newer one", async () => {
    const state = () =>
      database.query("reading", "select run_started_at as since, retired_at is not null as gone from document where path = 'b.txt'");
    await load(database, contextOf(1), { a: same, b: same });
    expect(await missing(["a"], 5)).to.equal(1);
    expect(await state()).to.deep.equal([{ since: contextOf(5).run.startedAt, gone: true }]);
    expect((await load(database, contextOf(3), { b: same })).documents.superseded).to.equal(1);
    expect((await load(database, contextOf(3), { b: { accepted: ["changed meanwhile"] } })).documents.superseded).to.equal(1);
    expect(await state()).to.deep.equal([{ since: contextOf(5).run.startedAt, gone: true }]);
    expect(await corpusSize()).to.equal(1);
    expect((await load(database, contextOf(6), { b: same })).documents.kept).to.equal(1);
    expect(await state()).to.deep.equal([{ since: contextOf(6).run.startedAt, gone: false }]);
    expect(await missing(["a"], 5)).to.equal(0); // nor does an older run retire what a newer one met
  });

  it("retire no document more when a deadlock makes them try again", async () => {
    await load(database, contextOf(1), { a: same, b: same, c: same });
    const signals = new EventEmitter();
    const held = once(signals, "held");
    const other = database.transaction("standing in the way", async (manager) => {
      await manager.query("set local deadlock_timeout = '1min'"); // so that it is the retiring that is broken off
      await manager.query("update document set updated_at = now() where path = 'b.txt'");
      const inTheMiddle = once(signals, "listed");
      signals.emit("held");
      await inTheMiddle;
      await lockDataset(manager, DATASET);
    });
    await held;
    let tries = 0;
    const retired = await missing(["a", "c"], 9, "", async () => {
      tries++;
      signals.emit("listed");
    });
    await other;
    expect([tries, retired]).to.deep.equal([2, 1]);
  });

  it("count the corpus exactly as its chunks do, without duplicates, and again after a change", async () => {
    const mails = { accepted: ["write to me@here.org", "one two three", "one two"] };
    await load(database, contextOf(1), { a: same, b: same, mails });
    await markExactDuplicates(database, DATASET);
    for (const run of [1, 1]) await writeStatistics(database, `run-${run}`, DATASET);
    const chunks = await database.source.getRepository(chunkEntity).find();
    const counted = (
      await database.query<{ tokens: number; count: string }>("reading", "select tokens, count from token_histogram order by 1")
    ).map(({ tokens, count }) => [tokens, Number(count)]);
    const corpus = chunks.filter(({ text }, index) => text !== "same text" || chunks.findIndex((other) => other.text === text) === index);
    const expected = new Map<number, number>();
    for (const { tokenCount } of corpus) expected.set(tokenCount, (expected.get(tokenCount) ?? 0) + 1);
    expect(counted).to.deep.equal([...expected].sort(([a], [b]) => a - b));
    expect(await database.query("reading", "select type, chunks::integer, spans::integer from pii_by_type")).to.deep.equal([
      { type: "email", chunks: 1, spans: 1 },
    ]);
    expect(await database.query("reading", "select score_from::float8, count::integer from quality_histogram")).to.deep.equal([
      { score_from: 0.8, count: 4 },
    ]);
  });

  it("make fresh statistics of tables that have changed much, and of no others", async () => {
    await load(database, contextOf(1), Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`d${n}`, { accepted: [`text ${n}`] }])));
    await waitFor(async () => (await freshenStatistics(database)).includes("chunk")); // the server counts changes once a second
    const known = "select count(*)::integer as n from pg_stats where tablename = 'chunk' and attname = 'tsv'";
    expect(await database.query("reading", known)).to.deep.equal([{ n: 1 }]);
    expect(await freshenStatistics(database)).not.to.include("chunk");
  });

  it("close runs that went silent, and no others; their next load opens them again", async () => {
    for (const day of [1, 2, 3]) await load(database, contextOf(day), { a: { accepted: [`day ${day}`] } });
    await database.query("ageing", "update lineage set updated_at = now() - interval '2 hours' where run_id = 'run-1'");
    await database.query("ageing", "update pipeline_run set updated_at = now() - interval '2 hours'");
    const silentSince = new Date(Date.now() - 3_600_000);
    const close = () => closeAbandonedRuns(database, { dataset: DATASET, except: "run-3", silentSince });
    expect(await close()).to.deep.equal(["run-1"]);
    expect(await close()).to.deep.equal([]);
    const states =
      "select status from lineage where run_id = 'run-1' and task = 'load' union all select status from pipeline_run where id = 'run-1'";
    expect(await database.query("reading", states)).to.deep.equal([{ status: "lost" }, { status: "abandoned" }]);
    await load(database, contextOf(1), { a: { accepted: ["late"] } });
    expect(await database.query("reading", states)).to.deep.equal([{ status: "running" }, { status: "running" }]);
  });

  it("record a run's transformations and attempts, again without a difference, and find sums that do not hold", async () => {
    await load(database, contextOf(1), { a: same });
    const counts = { chunks: { in: 5, kept: 3, dropped: { short: 2 }, failed: {}, superseded: 0 } };
    const balanced = transformation("run-1", "validate", BATCH, { counts });
    const reused = transformation("run-2", "validate", BATCH, { status: "reused", madeBy: balanced.id, counts });
    const { run } = contextOf(1);
    const attempt = {
      lineageId: reused.id,
      attempt: 1,
      status: "lost" as const,
      errorCode: null,
      startedAt: run.startedAt,
      finishedAt: null,
    };
    const record = (transformations: readonly ReturnType<typeof transformation>[]) =>
      recordRun(database, {
        run: { ...run, status: "failed", counts, finishedAt: new Date() },
        transformations,
        attempts: [attempt],
      });
    await record([reused, balanced]);
    await record([reused, balanced]);
    expect(await database.query("reading", "select * from run_sums")).to.deep.equal([]);
    const loaded = { chunks: { ...counts.chunks, in: 4, kept: 1 } };
    await record([reused, transformation("run-2", "load", BATCH, { counts: loaded })]);
    const problems = await database.query<{ problem: string }>("reading", "select problem from run_sums order by 1");
    expect(problems.map(({ problem }) => problem)).to.deep.equal(["in is 4, outcomes are 3", "validate handed over 3, load received 4"]);
    const dropped = await database.query("reading", "select run_id, kind, reason, count::integer from drop_reason_by_run");
    expect(dropped).to.deep.equal([{ run_id: "run-1", kind: "chunks", reason: "short", count: 2 }]);
    const [summary] = await database.query<object>(
      "reading",
      "select status, batches::integer, chunks_in::integer, chunks_dropped::integer from run_summary",
    );
    expect(summary).to.deep.equal({ status: "failed", batches: 1, chunks_in: 5, chunks_dropped: 2 });
  });
});
