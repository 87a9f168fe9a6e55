import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { filesystemObjectStore } from "@pipeline/shared/adapters/filesystem-object-store";
import { encodedPath } from "@pipeline/shared/document-path";
import { sha256Of } from "@pipeline/shared/ids";
import { type RunManifest, runManifestSchema } from "@pipeline/shared/manifest";
import { readRecords } from "@pipeline/shared/part-reader";
import { keyBelow } from "@pipeline/shared/places";
import type { IndexEntry } from "@pipeline/shared/records";
import { parseUri } from "@pipeline/shared/uri";
import { expect } from "chai";
import { type OddObject, startOddBucket } from "../support/odd-bucket.js";
import { folderOf, prose } from "../support/steps.js";

const INGEST = fileURLToPath(import.meta.resolve("@pipeline/ingest/main"));
const KEY = { AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" };

/** Keys below texts/ that an object store takes as they are: it has no folders, so nothing in them climbs. */
const KEYS = [
  "plain.txt",
  "../../climbs.txt",
  "a/../b.txt",
  "./c.txt",
  "double//slash.txt",
  "/leading.txt",
  "..txt",
  "space and+plus.txt",
  "percent%2F%00%zz.txt",
  "quote'\"`.txt",
  "back\\slash.txt",
  "line\nfeed.txt",
  "caf\u00e9.txt",
  "cafe\u0301.txt",
  "\u{1f600}.txt",
  "\u202egnp.txt",
  "<b>&amp;.txt",
  "UPPER.TXT",
  `${"x".repeat(900)}.txt`,
];

describe("ingest --in s3://BUCKET/PREFIX/", function () {
  this.timeout(60_000);

  /** Runs the program over s3://corpus/texts/. */
  async function ingest(objects: readonly OddObject[]): Promise<{ code: number | null; output: string; root: string }> {
    const root = await folderOf({});
    const bucket = await startOddBucket(objects);
    const child = spawn(process.execPath, [INGEST, "--in", "s3://corpus/texts/", "--out", `file://${root}/runs/r1/ingest.json`], {
      env: { ...KEY, AWS_ENDPOINT_URL_S3: bucket.url },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let output = "";
    child.stdout.on("data", (piece) => (output += piece));
    await once(child, "close");
    await bucket.stop();
    return { code: child.exitCode, output, root };
  }

  async function ingested(objects: readonly OddObject[]): Promise<{ run: RunManifest; entries: Map<string, IndexEntry> }> {
    const { code, output, root } = await ingest(objects);
    expect(code, output).to.equal(0);
    const run = runManifestSchema.parse(JSON.parse(readFileSync(join(root, "runs/r1/ingest.json"), "utf8")));
    const reader = { store: filesystemObjectStore(root), root: parseUri(`file://${root}`) };
    const entries = new Map<string, IndexEntry>();
    for (const { uri } of run.batches) {
      const { parts } = JSON.parse((await reader.store.get(keyBelow(reader.root, uri)!))!.body.toString());
      const index = parts.filter(({ name }: { name: string }) => name === "index");
      for await (const entry of readRecords(reader, index, (value) => value as IndexEntry)) entries.set(entry.path, entry);
    }
    return { run, entries };
  }

  const outcomes = (entries: Map<string, IndexEntry>) =>
    Object.fromEntries([...entries].map(([path, { failure }]) => [path, failure?.code ?? "kept"]));

  it("reads every key that ends in .txt, whatever else it spells, and nothing outside the prefix", async () => {
    const inside = KEYS.map((key, seed) => ({ key: `texts/${key}`, body: prose(seed) }));
    const others = ["texts/folder.txt/", "texts/a.md", "texts/txt", "texts.txt", "texts-too/a.txt", "secret.txt", "b.txt"];
    const { run, entries } = await ingested([...inside, ...others.map((key) => ({ key, body: "x" }))]);
    expect(outcomes(entries)).to.deep.equal(Object.fromEntries(KEYS.map((key) => [encodedPath(Buffer.from(key)), "kept"])));
    expect(run.counts.documents).to.deep.include({ in: KEYS.length, kept: KEYS.length });
    for (const [seed, key] of KEYS.entries())
      expect(entries.get(encodedPath(Buffer.from(key)))!.sha256, key).to.equal(sha256Of(prose(seed)));
  });

  it("counts by itself an object that is denied, archived, locked, gone, or of a name that is no text", async () => {
    const { run, entries } = await ingested([
      { key: "texts/good.txt", body: prose(1) },
      { key: "texts/denied.txt", body: "", refusal: [403, "AccessDenied"] },
      { key: "texts/archived.txt", body: "", refusal: [403, "InvalidObjectState"] },
      { key: "texts/locked.txt", body: "", refusal: [400, "InvalidRequest"] },
      { key: "texts/gone.txt", body: "", refusal: [404, "NoSuchKey"] },
      { key: Buffer.from("texts/\x80\xfe.txt", "latin1"), body: "" },
    ]);
    expect(outcomes(entries)).to.deep.equal({
      "good.txt": "kept",
      "denied.txt": "unreadable",
      "archived.txt": "archived",
      "locked.txt": "unreadable",
      "gone.txt": "vanished",
      "%80%FE.txt": "unreadable_name",
    });
    expect(run.counts.documents).to.deep.include({ in: 6, kept: 1 });
  });

  it("does not take for so many bad objects what is wrong with the right to read them", async () => {
    const denied = await ingest(["a", "b"].map((name) => ({ key: `texts/${name}.txt`, body: "", refusal: [403, "AccessDenied"] })));
    expect(denied.code).to.equal(78);
    expect(denied.output).to.contain("unreadable_source");
    const expired: OddObject = { key: "texts/b.txt", body: "", refusal: [400, "ExpiredToken"] };
    const { code, output } = await ingest([{ key: "texts/a.txt", body: prose(1) }, expired]);
    expect(code).to.equal(78);
    expect(output).to.contain("ExpiredToken");
  });
});
