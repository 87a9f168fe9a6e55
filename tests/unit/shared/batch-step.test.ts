import type { AcceptedRecord, ChunkRecord } from "@pipeline/shared/records";
import { expect } from "chai";
import { addFile, errorOf, folderOf, Pipeline, prose } from "../../support/steps.js";

async function ranOnce(files: Record<string, string | Buffer> = { "a.txt": prose(1), "b.txt": prose(2) }) {
  const folder = await folderOf(files);
  const pipeline = new Pipeline();
  const { batches } = await pipeline.ingest(folder, "r1");
  const batch = batches[0]!.id;
  await pipeline.cleanChunk("r1", batch);
  const validated = await pipeline.validate("r1", batch);
  return { folder, pipeline, batch, validated };
}

describe("a step of a batch", () => {
  it("is not done again by another run over the same input: its manifest says who made the parts", async () => {
    const { folder, pipeline, batch, validated } = await ranOnce();
    await pipeline.ingest(folder, "r2");
    const cleaned = await pipeline.cleanChunk("r2", batch);
    const again = await pipeline.validate("r2", batch);
    expect([cleaned.reused, again.reused]).to.deep.equal([true, true]);
    expect(again.parts).to.deep.equal(validated.parts);
    expect(again.makers.map(({ task, runId }) => [task, runId])).to.deep.equal([
      ["ingest", "r1"],
      ["clean-chunk", "r1"],
      ["validate", "r1"],
    ]);
    expect(again.run.id).to.equal("r2");
  });

  const changes: [string, string[], { cleanChunk: boolean; validate: boolean }, { codeVersion?: string }?][] = [
    ["nothing", [], { cleanChunk: false, validate: false }],
    ["max tokens", ["--max-tokens", "64"], { cleanChunk: true, validate: true }],
    ["the code", [], { cleanChunk: true, validate: true }, { codeVersion: "other" }],
    ["the policy for personal data, to one that leaves the text", ["--pii-policy", "drop"], { cleanChunk: false, validate: true }],
    ["the policy for personal data, to one that changes the text", ["--pii-policy", "mask"], { cleanChunk: true, validate: true }],
    ["a threshold of clean-chunk", ["--recipe", "CLEAN"], { cleanChunk: true, validate: true }],
    ["a threshold of validate", ["--recipe", "VALIDATE"], { cleanChunk: false, validate: true }],
    ["a comment of the recipe", ["--recipe", "COMMENT"], { cleanChunk: false, validate: false }],
  ];
  const recipes: Record<string, string> = {
    CLEAN: "extends: default\njudge: { sets: { default: { too_short: 20 } } }\n",
    VALIDATE: "extends: default\nvalidate: { non_alphanumeric: 0.4 }\n",
    COMMENT: "# only words\nextends: default\n",
  };
  for (const [what, flags, expected, world] of changes)
    it(`whose only change is ${what} makes again: ${JSON.stringify(expected)}`, async () => {
      const { folder, pipeline, batch } = await ranOnce({ "a.txt": `${prose(1, 30)} Write to ada@lovelace.org soon.` });
      const recipeFolder = await folderOf({ "my.yaml": recipes[flags[1]!] ?? "" });
      const given = flags[0] === "--recipe" ? ["--recipe", `${recipeFolder}/my.yaml`] : flags;
      const only = (...names: string[]) => (names.includes(given[0]!) ? given : []);
      await pipeline.ingest(folder, "r2", [], world);
      const cleaned = await pipeline.cleanChunk("r2", batch, only("--max-tokens", "--pii-policy", "--recipe"), world);
      const validated = await pipeline.validate("r2", batch, only("--pii-policy", "--recipe"), world);
      expect({ cleanChunk: !cleaned.reused, validate: !validated.reused }).to.deep.equal(expected);
    });

  it("gives the same bytes when it is made twice", async () => {
    const { folder, batch, validated } = await ranOnce();
    const other = new Pipeline();
    await other.ingest(folder, "another");
    await other.cleanChunk("another", batch);
    const again = await other.validate("another", batch);
    const hashes = (parts: typeof again.parts) => parts.map(({ name, sha256 }) => `${name} ${sha256}`);
    expect(hashes(again.parts)).to.deep.equal(hashes(validated.parts));
  });

  it("rebuilds parts that are gone or damaged, to the same bytes", async () => {
    for (const harm of ["gone", "damaged"] as const) {
      const { folder, pipeline, batch } = await ranOnce();
      const cleaned = await pipeline.manifest(`runs/r1/clean-chunk/${batch}.json`);
      const key = cleaned.parts.find(({ name }) => name === "chunks")!.uri.replace("file:///pipeline/", "");
      const whole = (await pipeline.store.get(key))!.body;
      if (harm === "gone") await pipeline.store.delete(key);
      else await pipeline.store.put(key, Buffer.alloc(whole.length));
      await pipeline.ingest(folder, "r2");
      expect((await pipeline.cleanChunk("r2", batch)).reused).to.equal(false);
      expect((await pipeline.store.get(key))!.body.equals(whole)).to.equal(true);
    }
  });

  it("refuses a part whose bytes are not those that the manifest names (65)", async () => {
    const { pipeline, batch } = await ranOnce();
    const cleaned = await pipeline.manifest(`runs/r1/clean-chunk/${batch}.json`);
    const key = cleaned.parts.find(({ name }) => name === "chunks")!.uri.replace("file:///pipeline/", "");
    await pipeline.store.put(key, (await pipeline.store.get(key))!.body.subarray(0, 40));
    const error = await errorOf(pipeline.validate("r1", batch, ["--force"]));
    expect(error).to.include({ exitCode: 65, code: "bad_part" });
  });

  it("refuses an input manifest that is missing, no JSON, of another shape, or whose sums do not hold (65)", async () => {
    const { pipeline, batch } = await ranOnce();
    const key = `runs/r1/clean-chunk/${batch}.json`;
    const good = (await pipeline.store.get(key))!.body.toString("utf8");
    const counts = JSON.parse(good).counts;
    const unbalanced = { ...JSON.parse(good), counts: { ...counts, documents: { ...counts.documents, in: 7 } } };
    for (const [code, body] of [
      ["bad_manifest", good.slice(0, 200)],
      ["bad_manifest", "{}"],
      ["unbalanced", JSON.stringify(unbalanced)],
    ] as const) {
      await pipeline.store.put(key, Buffer.from(body));
      expect(await errorOf(pipeline.validate("r1", batch))).to.include({ exitCode: 65, code });
    }
    await pipeline.store.delete(key);
    expect(await errorOf(pipeline.validate("r1", batch))).to.include({ exitCode: 65, code: "missing_manifest" });
  });

  it("stops a batch that loses more than the recipe allows (65), and writes no manifest for it", async () => {
    const files = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`${n}.txt`, n < 2 ? prose(n) : "no."]));
    const pipeline = new Pipeline();
    const { batches } = await pipeline.ingest(await folderOf(files), "r1");
    const error = await errorOf(pipeline.cleanChunk("r1", batches[0]!.id));
    expect(error).to.include({ exitCode: 65, code: "removal_limit" });
    expect(error.message).to.include("118 of 120");
    expect(await pipeline.store.get(`runs/r1/clean-chunk/${batches[0]!.id}.json`)).to.equal(null);
  });

  it("frames every attempt with two events, and says with a stable code why one failed", async () => {
    const { pipeline, batch } = await ranOnce();
    await pipeline.store.delete(`runs/r1/ingest/${batch}.json`);
    await errorOf(pipeline.cleanChunk("r1", batch, [], { environment: { PIPELINE_ATTEMPT: "2", PIPELINE_DAG_ID: "text_corpus" } }));
    const events = `runs/r1/events/clean-chunk/${batch}`;
    expect(await pipeline.json(`${events}/1-end.json`)).to.include({ status: "ok", exitCode: 0 });
    expect(await pipeline.json(`${events}/2-start.json`)).to.deep.include({ orchestrator: { dagId: "text_corpus" } });
    expect(await pipeline.json(`${events}/2-end.json`)).to.include({ status: "failed", errorCode: "missing_manifest", exitCode: 65 });
  });

  it("ends with 75 when it is told to stop, and leaves no manifest behind", async () => {
    const { pipeline, batch } = await ranOnce();
    const controller = new AbortController();
    controller.abort(Object.assign(new Error("stop"), { exitCode: 75, code: "stopped" }));
    await pipeline.store.delete(`runs/r1/clean-chunk/${batch}.json`);
    const error = await errorOf(pipeline.cleanChunk("r1", batch, ["--force"], { signal: controller.signal }));
    expect(error).to.include({ exitCode: 75, code: "stopped" });
    expect(await pipeline.store.get(`runs/r1/clean-chunk/${batch}.json`)).to.equal(null);
  });

  it("refuses to write one run's or batch's manifest from another's (78)", async () => {
    const { folder, pipeline, batch } = await ranOnce();
    await pipeline.ingest(folder, "r2");
    const { cleanChunkTask } = await import("@pipeline/clean-chunk/task");
    const call = pipeline.task(cleanChunkTask, `file:///pipeline/runs/r2/ingest/${batch}.json`, `runs/r1/clean-chunk/${batch}.json`);
    expect(await errorOf(call)).to.include({ exitCode: 78, code: "bad_in" });
  });
});

describe("chunks and their validation", () => {
  it("carry enough to join the document again, and every chunk is accepted or rejected", async () => {
    const text = `${prose(1, 200)}\n\n${"=+*".repeat(400)}\n\n${prose(2, 200)}`;
    const { pipeline, batch, validated } = await ranOnce({ "a.txt": text });
    const chunks = await pipeline.records<ChunkRecord>(await pipeline.manifest(`runs/r1/clean-chunk/${batch}.json`), "chunks");
    const accepted = await pipeline.records<AcceptedRecord>(validated, "accepted");
    expect(chunks.length).to.be.above(3);
    expect(chunks.map(({ text, gap }) => text + gap).join("")).to.include(prose(2, 200));
    expect(accepted.length + validated.parts.find(({ name }) => name === "rejected")!.records).to.equal(chunks.length);
    for (const [n, chunk] of chunks.entries()) expect(chunk.ordinal).to.equal(n);
  });

  it("find a value that a border cuts in two, give each half its span, and count it once", async () => {
    const words = prose(3, 60);
    const address = "someone.with.a.rather.long.name.indeed@an-example-of-a-long-domain.org";
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [`${n}.txt`, `${words.slice(0, 180 + n * 3)} ${address} ${words}`]),
    );
    const folder = await folderOf(files);
    const pipeline = new Pipeline();
    const batch = (await pipeline.ingest(folder, "r1")).batches[0]!.id;
    await pipeline.cleanChunk("r1", batch, ["--max-tokens", "16"]);
    const { metrics } = await pipeline.validate("r1", batch);
    expect(metrics.pii).to.deep.equal({ email: 12 });
  });

  it("after masking hold nothing that the detectors find, and keep the budget", async () => {
    const folder = await folderOf({
      "a.txt": `${prose(1, 80)} Pay with 4111 1111 1111 1111 or write to ada@lovelace.org. ${prose(2, 80)}`,
    });
    const pipeline = new Pipeline();
    const batch = (await pipeline.ingest(folder, "r1")).batches[0]!.id;
    await pipeline.cleanChunk("r1", batch, ["--pii-policy", "tag"]);
    const validated = await pipeline.validate("r1", batch, ["--pii-policy", "tag"]);
    const accepted = await pipeline.records<AcceptedRecord>(validated, "accepted");
    const text = accepted.map((chunk) => chunk.text).join(" ");
    expect(text).to.include("<CREDIT_CARD>").and.to.include("<EMAIL>").and.not.to.include("4111");
    expect(validated.metrics.pii ?? {}).to.deep.equal({});
    for (const { tokens } of accepted) expect(tokens).to.be.at.most(512);
  });

  it("are not made again for the batches that a file more leaves as they are", async () => {
    const folder = await folderOf(Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`${n}.txt`, prose(n, 2)])));
    const pipeline = new Pipeline();
    const flags = ["--batch-documents", "16"];
    const before = (await pipeline.ingest(folder, "r1", flags)).batches.map(({ id }) => id);
    await addFile(folder, "one-more.txt", prose(3));
    const after = (await pipeline.ingest(folder, "r2", flags)).batches.map(({ id }) => id);
    const same = after.filter((id) => before.includes(id));
    expect(after.length - same.length).to.be.within(1, 2);
    await pipeline.cleanChunk("r1", same[0]!);
    expect((await pipeline.cleanChunk("r2", same[0]!)).reused).to.equal(true);
  });
});
