import type { LoadedDocument } from "@pipeline/load/rows";
import { type Database, openDatabase } from "@pipeline/shared/postgres/database";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import { expect } from "chai";
import { contextOf, documentOf, loadRecords } from "../support/loading.js";
import { useEmptyDatabase } from "../support/postgres.js";

const GROUP = 200; // documents that load puts into one transaction

type Poison = (loaded: LoadedDocument) => LoadedDocument;

const inDocument =
  (more: Partial<LoadedDocument["document"]>): Poison =>
  (loaded) => ({ ...loaded, document: { ...loaded.document, ...more } });
const inChunks =
  (more: Partial<LoadedDocument["accepted"][number]>): Poison =>
  (loaded) => ({
    ...loaded,
    accepted: loaded.accepted.map((chunk, at) => (at === loaded.accepted.length - 1 ? { ...chunk, ...more } : chunk)),
  });
const inRejections =
  (more: Partial<LoadedDocument["rejected"][number]>): Poison =>
  (loaded) => ({
    ...loaded,
    rejected: loaded.rejected.map((rejection) => ({ ...rejection, ...more })),
  });

const POISONS: Readonly<Record<string, Poison>> = {
  "NUL in a chunk's text": inChunks({ text: "bad \0 text" }),
  "NUL in a flag": inChunks({ flags: ["\0"] }),
  "NUL in a type of personal data": inChunks({ pii: [{ type: "\0", start: 0, end: 1, score: 1 }] }),
  "more tokens than the budget": inChunks({ tokens: 513 }),
  "an integer too large": inChunks({ charEnd: 2 ** 40 }),
  "two chunks in one place": inChunks({ ordinal: 0 }),
  "a hash in place of an id": inChunks({ id: "no-uuid" }),
  "NUL in a document's language": inDocument({ language: { code: "\0", confidence: 1 } }),
  "NUL in a rule's value": inDocument({ rules: [{ set: "default", name: "r", value: "\0", threshold: 1, passed: true }] }),
  "NUL in a name of a metric": inDocument({ metrics: { "\0": 1 } }),
  "NUL in path and file name": inDocument({ path: "\0.txt", fileName: "\0.txt" }),
  "dropped without a reason": inDocument({ status: "dropped" }),
  "NUL in a rejection's reason": inRejections({ reason: "\0" }),
  "NUL in a rejection's value": inRejections({ value: "\0" }),
  "a rejection in the place of another": (loaded) => ({ ...loaded, rejected: [...loaded.rejected, ...loaded.rejected] }),
  "NUL in a signature": (loaded) => ({ ...loaded, signature: { documentId: loaded.document.id, exactSha256: "\0" } }),
};

const PLACES: Readonly<Record<string, (at: number) => boolean>> = {
  first: (at) => at === 0,
  last: (at) => at === GROUP - 1,
  "two neighbours in the middle": (at) => at === 99 || at === 100,
  "two neighbours across two transactions": (at) => at === GROUP - 1 || at === GROUP,
  "every seventh": (at) => at % 7 === 0,
  all: () => true,
};

describe("load, with rows that the database refuses", function () {
  this.timeout(240_000);
  const empty = useEmptyDatabase();
  let database: Database;
  before(async () => {
    database = await openDatabase(empty.url);
    await migrateUp(database);
  });
  after(() => database.close());
  beforeEach(() => database.query("emptying", "truncate document, lineage, pipeline_run cascade"));

  const count = async (sql: string): Promise<number> =>
    Number((await database.query<{ n: string }>("counting", `select count(*) as n from ${sql}`))[0]!.n);

  /** Documents in the order of load, those that `isBad` poisoned. */
  function batch(size: number, isBad: (at: number) => boolean, poison: (at: number) => Poison): LoadedDocument[] {
    const all = Array.from({ length: size }, (_, n) => documentOf(`d${n}`, { accepted: [`a ${n}`, `b ${n}`], rejected: ["#"] }));
    all.sort((a, b) => (a.document.id < b.document.id ? -1 : 1));
    return all.map((loaded, at) => (isBad(at) ? poison(at)(loaded) : loaded));
  }

  for (const [name, poison] of Object.entries(POISONS)) {
    it(`loses one document for ${name}, in whatever table it is`, async () => {
      const loaded = await loadRecords(
        database,
        contextOf(1),
        batch(
          9,
          (at) => at === 4,
          () => poison,
        ),
      );
      expect(loaded.documents).to.deep.include({ in: 9, kept: 8, failed: { row_refused: 1 } });
      expect(loaded.chunks).to.deep.include({ in: 18, kept: 16, failed: { row_refused: 2 } });
      expect([await count("document"), await count("chunk"), await count("rejection")]).to.deep.equal([9, 16, 8]);
      expect(await count("document where failure_code = 'row_refused' and accepted_chunks = 0")).to.equal(1);
    });
  }

  const kinds = Object.values(POISONS);
  for (const [name, isBad] of Object.entries(PLACES)) {
    it(`loses only them when they are ${name} of ${GROUP + 50}, of all kinds, in bounded time`, async () => {
      const documents = batch(GROUP + 50, isBad, (at) => kinds[at % kinds.length]!);
      const bad = documents.filter((_, at) => isBad(at)).length;
      const statements = await statementsOf(() => loadRecords(database, contextOf(1), documents));
      expect(await count("document where failure_code = 'row_refused'")).to.equal(bad);
      expect(await count("chunk")).to.equal(2 * (documents.length - bad));
      // Halving asks about twice log2(200) groups for one bad document, and never more than twice as many groups as there are documents.
      expect(statements).to.be.below(150 + 12 * Math.min(bad * 16, 2 * documents.length));
    });
  }

  /** How many statements the database is sent: a bound on time that holds on a busy machine too. */
  async function statementsOf(work: () => Promise<unknown>): Promise<number> {
    const { source } = database;
    const make = source.createQueryRunner.bind(source);
    let statements = 0;
    source.createQueryRunner = (mode) => {
      const runner = make(mode);
      const query = runner.query.bind(runner);
      const counted = (...given: Parameters<typeof query>) => {
        statements++;
        return query(...given);
      };
      return Object.assign(runner, { query: counted });
    };
    try {
      await work();
      return statements;
    } finally {
      source.createQueryRunner = make;
    }
  }
});
