import { type Database, openDatabase } from "@pipeline/shared/postgres/database";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import { outcomesOf } from "@pipeline/shared/tally";
import { expect } from "chai";
import { chunkTexts, contextOf, documentOf, dump, load, loadRecords } from "../support/loading.js";
import { useEmptyDatabase } from "../support/postgres.js";

const A = {
  one: { accepted: ["first text", "second text"], rejected: ["###"] },
  two: { dropped: "too_short" },
  three: { failed: "too_large" },
};
const B = { ...A, one: { accepted: ["another text"] } };

describe("loadBatch(database, context, documents)", () => {
  const empty = useEmptyDatabase();
  let database: Database;
  before(async () => {
    database = await openDatabase(empty.url, { poolSize: 8 });
    await migrateUp(database);
  });
  after(() => database.close());
  beforeEach(() => database.query("emptying", "truncate document, lineage, pipeline_run cascade"));

  const count = async (sql: string): Promise<number> =>
    Number((await database.query<{ n: string }>("counting", `select count(*) as n from ${sql}`))[0]!.n);

  it("stores kept documents with their chunks, and dropped and failed ones with the reason", async () => {
    const loaded = await load(database, contextOf(1), A);
    expect(loaded.documents).to.deep.equal({ in: 3, kept: 1, dropped: { too_short: 1 }, failed: { too_large: 1 }, superseded: 0 });
    expect(loaded.chunks).to.deep.equal({ in: 2, kept: 2, dropped: {}, failed: {}, superseded: 0 });
    expect(await chunkTexts(database)).to.deep.equal(["one.txt 0 first text", "one.txt 1 second text"]);
    const rejections = await database.query("reading", "select level, reason, value, threshold, ordinal from rejection order by level");
    expect(rejections).to.deep.equal([
      { level: "chunk", reason: "non_alphanumeric", value: 0.5, threshold: 0.3, ordinal: 2 },
      { level: "document", reason: "too_short", value: 3, threshold: 20, ordinal: null },
    ]);
    const [failed] = await database.query<object>(
      "reading",
      "select verdict, failure_code, accepted_chunks from document where path = 'three.txt'",
    );
    expect(failed).to.deep.equal({ verdict: "failed", failure_code: "too_large", accepted_chunks: 0 });
  });

  it("changes nothing when it is run again, and still counts everything as kept", async () => {
    const first = await load(database, contextOf(1), A);
    const before = await dump(database);
    const second = await load(database, contextOf(1), A);
    expect(await dump(database)).to.deep.equal(before);
    expect(second.documents).to.deep.equal(first.documents);
    expect([first.metrics, second.metrics]).to.deep.equal([{ inserted: 3 }, { unchanged: 3 }]);
  });

  it("leaves A after A, B and A again, with no chunk left over from a longer version", async () => {
    await load(database, contextOf(1), A);
    const before = await dump(database);
    await load(database, contextOf(2), B);
    expect(await chunkTexts(database)).to.deep.equal(["one.txt 0 another text"]);
    expect((await load(database, contextOf(3), A)).metrics).to.deep.equal({ replaced: 1, unchanged: 2 });
    expect(await dump(database)).to.deep.equal(before);
  });

  it("lets an older run change nothing, and counts what it brought as superseded", async () => {
    await load(database, contextOf(2), A);
    await load(database, contextOf(3), A); // unchanged, and yet it is now run 3 that says how things are
    const before = await dump(database);
    const late = await load(database, contextOf(2), B);
    expect(late.documents).to.include({ in: 3, superseded: 3 });
    expect(late.chunks).to.include({ in: 1, superseded: 1 });
    expect(await dump(database)).to.deep.equal(before);
  });

  it("fills an emptied database again", async () => {
    await load(database, contextOf(1), A);
    const before = await dump(database);
    await database.query("emptying", "truncate document, lineage, pipeline_run cascade");
    await load(database, contextOf(1), A);
    expect(await dump(database)).to.deep.equal(before);
  });

  it("brings a retired document back when it meets it again", async () => {
    await load(database, contextOf(1), A);
    await database.query("retiring", "update document set retired_at = now()");
    await load(database, contextOf(2), A);
    expect(await count("document where retired_at is not null")).to.equal(0);
  });

  it("loses only the document whose row is refused, among many, and says which without its text", async () => {
    const poison = { accepted: ["good", "bad \0 text"] };
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`d${n}`, n === 37 ? poison : { accepted: [`text ${n}`] }]));
    const loaded = await load(database, contextOf(1), many);
    expect(loaded.documents).to.deep.equal({ in: 100, kept: 99, dropped: {}, failed: { row_refused: 1 }, superseded: 0 });
    expect(loaded.chunks).to.deep.equal({ in: 101, kept: 99, dropped: {}, failed: { row_refused: 2 }, superseded: 0 });
    expect(loaded.refused).to.deep.equal([`${documentOf("d37", {}).document.id} 22P05 `]);
    expect(await count("chunk")).to.equal(99);
    expect(
      await count("document where path = 'd37.txt' and verdict = 'failed' and failure_code = 'row_refused' and load_key is null"),
    ).to.equal(1);
  });

  it("replaces a good version by the failure when the new one is refused, and by the next good one after that", async () => {
    await load(database, contextOf(1), { one: { accepted: ["good"] } });
    await load(database, contextOf(2), { one: { accepted: ["bad \0"] } });
    expect(await count("chunk")).to.equal(0);
    await load(database, contextOf(3), { one: { accepted: ["good"] } });
    expect(await count("chunk")).to.equal(1);
  });

  it("refuses what a check forbids, such as more tokens than the budget, for that document alone", async () => {
    const over = documentOf("over", { accepted: ["text"] });
    const broken = { ...over, accepted: over.accepted.map((chunk) => ({ ...chunk, tokens: 513 })) };
    const loaded = await loadRecords(database, contextOf(1), [broken]);
    expect(loaded.refused).to.deep.equal([`${over.document.id} 23514 chunk_token_count_check`]);
  });

  it("takes a word longer than full text search can hold", async () => {
    await load(database, contextOf(1), { long: { accepted: [`${"x".repeat(5000)} and a word`] } });
    expect(await count("corpus_chunk where tsv @@ websearch_to_tsquery('english', 'word')")).to.equal(1);
  });

  it("gives the same rows when several loaders bring the same documents at once, in different batches", async () => {
    const names = Array.from({ length: 120 }, (_, n) => `d${n}`);
    const bring = (day: number, wanted: (n: number) => boolean) =>
      load(
        database,
        contextOf(day),
        Object.fromEntries(names.filter((_, n) => wanted(n)).map((name) => [name, { accepted: [`${name} says`, "more"] }])),
      );
    const all = await Promise.all([
      bring(1, () => true),
      bring(1, () => true),
      bring(2, (n) => n % 2 === 0),
      bring(3, (n) => n < 90),
      bring(2, (n) => n > 30),
    ]);
    for (const { documents } of all) expect(outcomesOf(documents)).to.equal(documents.in);
    expect(await count("document")).to.equal(120);
    expect(await count("chunk")).to.equal(240);
    expect(await count("(select document_id from chunk group by 1 having count(*) <> 2) x")).to.equal(0);
  });

  it("refuses documents that do not come in ascending order", async () => {
    const one = documentOf("one", {});
    expect(await loadRecords(database, contextOf(1), [one, one]).catch(({ code }) => code)).to.equal("unordered");
  });
});
