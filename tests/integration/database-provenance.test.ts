import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { replay } from "@pipeline/clean-chunk/clean/clean";
import { lineageTask } from "@pipeline/lineage/task";
import { loadTask } from "@pipeline/load/task";
import { sampleFiles } from "@pipeline/local/sample/write-sample";
import { sha256Of } from "@pipeline/shared/ids";
import { type Database, openDatabase } from "@pipeline/shared/postgres/database";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import type { Cleaning, Encoding } from "@pipeline/shared/records";
import { expect } from "chai";
import { useEmptyDatabase } from "../support/postgres.js";
import { recipe } from "../support/process.js";
import { addFile, folderOf, Pipeline, prose } from "../support/steps.js";

const EVERY = 20; // of the sample's 1,500 documents: of most kinds

interface Past {
  readonly source_uri: string;
  readonly raw_sha256: string;
  readonly byte_start: string;
  readonly byte_end: string;
  readonly origin: string;
  readonly verdict: string;
  readonly rules: readonly unknown[];
  readonly cleaning: Cleaning & { readonly encoding: Encoding };
  readonly recipe_sha256: string;
  readonly transformations: readonly Transformation[];
}
interface Transformation {
  readonly task: string;
  readonly runId: string;
  readonly codeVersion: string;
  readonly imageDigest: string | null;
  readonly attempts: readonly { readonly attempt: number; readonly status: string }[];
}

describe("provenance of a real run", function () {
  this.timeout(240_000);
  const empty = useEmptyDatabase();
  let database: Database;
  let folder: string;
  let pipeline: Pipeline;

  async function run(id: string): Promise<void> {
    const { batches } = await pipeline.ingest(folder, id, ["--batch-documents", "8"]);
    for (const batch of batches) {
      await pipeline.cleanChunk(id, batch.id);
      await pipeline.validate(id, batch.id);
      const place = (task: string) => `runs/${id}/${task}/${batch.id}.json`;
      await pipeline.task(loadTask, `file:///pipeline/${place("validate")}`, place("load"));
    }
    await pipeline.task(lineageTask, `file:///pipeline/runs/${id}/`, `runs/${id}/lineage.json`);
  }

  before(async () => {
    database = await openDatabase(empty.url);
    await migrateUp(database);
    const some = sampleFiles().filter(({ truth }, index) => index % EVERY === 0 || truth.feature === "symbol_chunk");
    folder = await folderOf(Object.fromEntries(some.map(({ content }, index) => [`${index}.txt`, content])));
    await addFile(folder, "large.txt", "x".repeat(200));
    pipeline = new Pipeline({ environment: { DATABASE_URL: empty.url, PIPELINE_IMAGE_DIGEST: `sha256:${"a".repeat(64)}` } });
    await run("first");
  });
  after(() => database.close());

  const rows = <Row>(sql: string, ...values: unknown[]) => database.query<Row>("reading", sql, values);

  it("leads from every chunk to the bytes of the raw file that give its text again", async () => {
    const pasts = await rows<Past & { text: string }>("select p.*, c.text from chunk_provenance p join chunk c on c.id = p.chunk_id");
    expect(pasts.length).to.be.above(300);
    let exact = 0;
    for (const { source_uri, raw_sha256, byte_start, byte_end, origin, cleaning, text } of pasts) {
      const raw = readFileSync(fileURLToPath(source_uri));
      expect(sha256Of(raw)).to.equal(raw_sha256);
      const again = replay(raw.subarray(Number(byte_start), Number(byte_end)), cleaning.encoding, cleaning, recipe.clean);
      if (origin === "exact") expect(again, source_uri).to.equal(text);
      else
        expect(raw.subarray(Number(byte_start), Number(byte_end)))
          .to.have.property("length")
          .above(0);
      exact += Number(origin === "exact");
    }
    expect(exact / pasts.length).to.be.above(0.95);
  });

  it("names the verdict, the recipe, and each step with its code, image and attempts", async () => {
    for (const { verdict, rules, recipe_sha256, transformations } of await rows<Past>("select * from chunk_provenance")) {
      expect([verdict, recipe_sha256, rules.length > 5]).to.deep.equal(["kept", recipe.sha256, true]);
      expect(transformations.map(({ task }) => task)).to.have.members(["ingest", "clean-chunk", "validate", "load"]);
      for (const { codeVersion, imageDigest, attempts } of transformations) {
        expect([codeVersion, imageDigest]).to.deep.equal(["test-code", `sha256:${"a".repeat(64)}`]);
        expect(attempts).to.have.length(1);
        expect(attempts[0]).to.include({ attempt: 1, status: "ok" });
      }
    }
  });

  it("does so for what was dropped and rejected too, and for every document whatever became of it", async () => {
    const rejections = await rows<Past & { level: string; reason: string; value: unknown }>("select * from rejection_provenance");
    expect(new Set(rejections.map(({ level }) => level))).to.deep.equal(new Set(["document", "chunk"]));
    for (const { level, reason, byte_start, transformations } of rejections) {
      expect(reason).to.match(/^[a-z_]+$/);
      expect(byte_start !== null).to.equal(level === "chunk");
      const expected = ["ingest", "clean-chunk", "load", ...(level === "chunk" ? ["validate"] : [])];
      expect(transformations.map(({ task }) => task)).to.have.members(expected);
    }
    const documents = await rows<Past & { accepted_chunks: number }>("select * from document_provenance");
    expect(documents).to.have.length(Number((await rows<{ n: string }>("select count(*) as n from document"))[0]!.n));
    for (const { transformations, accepted_chunks } of documents)
      expect(transformations.map(({ task }) => task)).to.include.members([
        "ingest",
        "clean-chunk",
        "load",
        ...(accepted_chunks > 0 ? ["validate"] : []),
      ]);
  });

  /**
   * Every transformation's chunks, as the view knows them, against those in its batch's manifest: all of them, or where a batch was made
   * again for one document (`only`) that document's; the others keep the rows of the step that first made them.
   */
  async function expectChunksOf(id: string, only?: string): Promise<void> {
    const found = await rows<{ task: string; batch_id: string; chunks: string[] }>(
      "select task, batch_id, array_agg(chunk_id::text order by chunk_id) as chunks from transformation_chunk where run_id = $1 group by 1, 2",
      id,
    );
    const of = (task: string, batch = "") => found.find((one) => one.task === task && one.batch_id === batch)?.chunks ?? [];
    const all: string[] = [];
    for (const key of await pipeline.keys(`runs/${id}/validate/`)) {
      const manifest = await pipeline.manifest(key);
      const accepted = await pipeline.records<{ id: string; documentId: string }>(manifest, "accepted");
      const own = accepted.filter((chunk) => only === undefined || manifest.reused || chunk.documentId === only).map(({ id }) => id);
      for (const task of ["clean-chunk", "validate", "load"]) expect(of(task, manifest.batchId), task).to.deep.equal(own.sort());
      all.push(...own);
    }
    for (const task of ["ingest", "lineage"]) expect(of(task), task).to.deep.equal(all.sort());
  }

  it("leads from every transformation to its chunks", () => expectChunksOf("first"));

  it("does so after a run that found everything made, and one in which a document was replaced", async () => {
    await run("again");
    await expectChunksOf("again");
    expect(
      (await rows<{ status: string }>("select status from lineage where run_id = 'again' and task = 'validate'")).map(
        ({ status }) => status,
      ),
    ).to.satisfy((states: string[]) => states.every((status) => status === "reused"));
    await addFile(folder, "0.txt", prose(3, 40));
    await run("changed");
    const [past] = await rows<Past & { document_id: string }>("select * from chunk_provenance where path = '0.txt' limit 1");
    await expectChunksOf("changed", past!.document_id);
    expect(past!.transformations.map(({ runId }) => runId)).to.deep.equal(["changed", "changed", "changed", "changed"]);
    expect(await rows("select * from run_sums")).to.deep.equal([]);
    expect(await rows("select * from document_sums")).to.deep.equal([]);
  });
});
