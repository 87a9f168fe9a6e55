import { loadTask } from "@pipeline/load/task";
import { memoryObjectStore } from "@pipeline/shared/adapters/memory-object-store";
import { silentLogger } from "@pipeline/shared/logger";
import type { Maker, Manifest, Part } from "@pipeline/shared/manifest";
import { PartWriter } from "@pipeline/shared/part-writer";
import type { ObjectStore } from "@pipeline/shared/ports/object-store";
import { type Database, openDatabase } from "@pipeline/shared/postgres/database";
import { migrateUp } from "@pipeline/shared/postgres/schema";
import { readManifest } from "@pipeline/shared/read-manifest";
import { execute } from "@pipeline/shared/run-task";
import { NO_COUNTS } from "@pipeline/shared/tally";
import { expect } from "chai";
import { BATCH, chunkTexts, documentOf } from "../support/loading.js";
import { useEmptyDatabase } from "../support/postgres.js";

const ROOT = "file:///out";
const AT = "2026-11-02T00:00:00.000Z";
const RECIPE = { name: "default", sha256: "a".repeat(64) };
const FINGERPRINT = "b".repeat(64);

const makerOf = (task: string, batchId: string): Maker => {
  const options = { tokenizer: "o200k_base", maxTokens: 512 };
  const identity = { task, runId: "run", batchId, attempt: 1, fingerprint: FINGERPRINT, method: FINGERPRINT, codeVersion: "code" };
  return { ...identity, recipe: RECIPE, options, startedAt: AT, finishedAt: AT };
};

describe("load, the task", () => {
  const empty = useEmptyDatabase();
  let database: Database;
  let store: ObjectStore;
  const batch = [documentOf("one", { accepted: ["first", "second"], rejected: ["#"] }), documentOf("two", { dropped: "too_short" })];
  batch.sort((a, b) => (a.document.id < b.document.id ? -1 : 1));

  before(async () => {
    database = await openDatabase(empty.url);
  });
  after(() => database.close());
  beforeEach(() => {
    store = memoryObjectStore();
  });

  async function write(name: string, records: readonly unknown[]): Promise<Part[]> {
    const writer = new PartWriter({ store, prefix: "parts/test/", uriOf: (key) => `${ROOT}/${key}` }, name);
    for (const record of records) await writer.write(record);
    return writer.close();
  }

  async function validated(change: Partial<Manifest> = {}): Promise<void> {
    const accepted = batch.flatMap((loaded) => loaded.accepted);
    const parts = [
      ...(await write("accepted", accepted)),
      ...(await write(
        "rejected",
        batch.flatMap(({ rejected }) => rejected),
      )),
      ...(await write(
        "documents",
        batch.map(({ document }) => document),
      )),
      ...(await write(
        "signatures",
        batch.flatMap(({ signature }) => signature ?? []),
      )),
    ];
    const run = {
      id: "run",
      startedAt: AT,
      dataset: "corpus",
      source: "file:///texts",
      sourceName: "",
      partition: null,
      onMissing: "keep" as const,
    };
    const identity = {
      schema: "manifest/1" as const,
      task: "validate",
      batchId: BATCH,
      run,
      attempt: 1,
      codeVersion: "code",
      imageDigest: null,
    };
    const manifest: Manifest = {
      ...{ ...identity, recipe: RECIPE, options: {}, startedAt: AT, finishedAt: AT, reused: false, fingerprint: FINGERPRINT },
      makers: [makerOf("ingest", ""), makerOf("clean-chunk", BATCH), makerOf("validate", BATCH)],
      inputs: [],
      parts,
      counts: { documents: NO_COUNTS, chunks: { ...NO_COUNTS, in: 3, kept: 2, dropped: { non_alphanumeric: 1 } } },
      metrics: {},
      ...change,
    };
    await store.put(`runs/run/validate/${BATCH}.json`, Buffer.from(JSON.stringify(manifest)));
  }

  const run = () =>
    execute(loadTask, {
      argv: ["--in", `${ROOT}/runs/run/validate/${BATCH}.json`, "--out", `${ROOT}/runs/run/load/${BATCH}.json`],
      environment: { DATABASE_URL: empty.url },
      signal: new AbortController().signal,
      codeVersion: "code",
      logger: silentLogger,
      openStore: () => store,
    });

  it("ends with 78 before it has read anything when the database has no schema", async () => {
    await validated();
    expect(await run().catch(({ code, exitCode }) => ({ code, exitCode }))).to.deep.equal({ code: "schema_older", exitCode: 78 });
    await migrateUp(database);
  });

  it("stores what validate's manifest lists, writes what became of it, and points to who made it", async () => {
    await validated();
    await run();
    const { manifest } = await readManifest(store, `runs/run/load/${BATCH}.json`);
    expect(manifest.counts.documents).to.deep.equal({ ...NO_COUNTS, in: 2, kept: 1, dropped: { too_short: 1 } });
    expect(manifest.counts.chunks).to.deep.equal({ ...NO_COUNTS, in: 2, kept: 2 });
    expect(await chunkTexts(database)).to.deep.equal(["one.txt 0 first", "one.txt 1 second"]);
    const [past] = await database.query<{ transformations: { task: string; options: object }[]; source_uri: string }>(
      "reading",
      "select transformations, source_uri from chunk_provenance limit 1",
    );
    expect(past?.transformations.map(({ task }) => task)).to.have.members(["ingest", "clean-chunk", "validate", "load"]);
    expect(past?.source_uri).to.equal("file:///texts/one.txt");
  });

  it("skips in a later run what its load key says is stored", async () => {
    await validated();
    await run();
    const { manifest } = await readManifest(store, `runs/run/load/${BATCH}.json`);
    expect(manifest.metrics).to.deep.equal({ unchanged: 2 });
  });

  it("ends with 65 when a chunk's document is not in the batch", async () => {
    await validated();
    const stray = documentOf("stray", { accepted: ["lost"] });
    const parts = [
      ...(await write("accepted", stray.accepted)),
      ...(await write("rejected", [])),
      ...(await write("documents", [batch[0]!.document])),
      ...(await write("signatures", [])),
    ];
    await validated({ parts, counts: { documents: NO_COUNTS, chunks: NO_COUNTS } });
    expect(await run().catch(({ code, exitCode }) => ({ code, exitCode }))).to.deep.equal({ code: "orphan_record", exitCode: 65 });
  });
});
