import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256Of } from "@pipeline/shared/ids";
import { partsOf } from "@pipeline/shared/manifest";
import { readBytes } from "@pipeline/shared/part-reader";
import type { IndexEntry } from "@pipeline/shared/records";
import { sumOf } from "@pipeline/shared/tally";
import { expect } from "chai";
import { restlessFolder } from "../support/restless-folder.js";
import { Pipeline } from "../support/steps.js";

const CODES = ["changed_while_read", "vanished", "symlink", "not_a_file", "unreadable_folder"];

describe("ingest, of files that others change while it reads", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "restless-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Documents whose packed bytes are not those that were hashed. */
  async function packedOtherwise(pipeline: Pipeline, key: string): Promise<string[]> {
    const manifest = await pipeline.manifest(key);
    const reader = { store: pipeline.store, root: pipeline.root };
    const packs = await Promise.all(partsOf(manifest, "pack").map((part) => readBytes(reader, part)));
    const index = await pipeline.records<IndexEntry>(manifest, "index");
    const packed = index.filter(({ failure }) => failure === null);
    return packed
      .filter(({ pack, offset, length, sha256 }) => sha256Of(packs[pack]!.subarray(offset, offset + length)) !== sha256)
      .map(({ path }) => path);
  }

  for (const [name, files, bytes, runs] of [
    ["held between hashing and packing", 60, 20_000, 3],
    ["read twice, being too many to be held", 44, 900_000, 1],
  ] as const)
    it(`counts each, with a code where it could not be had whole: ${name}`, async () => {
      const source = join(folder, name);
      const restless = await restlessFolder(source, files, bytes);
      const pipeline = new Pipeline();
      try {
        for (let run = 1; run <= runs; run++) {
          const { batches, counts } = await pipeline.ingest(source, String(run), ["--batch-documents", "100"]);
          const { in: all, kept, failed } = counts.documents;
          expect(kept + sumOf(failed)).to.equal(all);
          expect(all).to.be.within(files / 2, files);
          expect(kept).to.be.at.least(files / 2); // those that nobody touches
          expect(CODES).to.include.members(Object.keys(failed));
          for (const { id } of batches) expect(await packedOtherwise(pipeline, `runs/${run}/ingest/${id}.json`)).to.deep.equal([]);
        }
      } finally {
        await restless.stop();
      }
    });
});
