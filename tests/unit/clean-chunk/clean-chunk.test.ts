import { cleanChunk } from "@pipeline/clean-chunk/clean-chunk";
import type { ProcessSettings } from "@pipeline/clean-chunk/process-document";
import { type options, resolveSettings } from "@pipeline/clean-chunk/settings";
import { cleanChunkTask } from "@pipeline/clean-chunk/task";
import { batchStep } from "@pipeline/shared/batch-step";
import { expect } from "chai";
import { errorOf, folderOf, Pipeline, prose } from "../../support/steps.js";

const ROOT = "file:///pipeline";

/** clean-chunk on a machine where token tables cannot be read. */
const withoutTables = {
  ...cleanChunkTask,
  run: batchStep<typeof options, ProcessSettings>({
    receives: { documents: "index" },
    keeps: { chunks: "chunks" },
    reusable: true,
    resolve(given, { recipe }) {
      const { settings, recorded } = resolveSettings(given, recipe);
      const broken = {
        ...settings,
        get counter(): never {
          throw new Error("too many open files");
        },
      };
      return { settings: broken, recorded };
    },
    work: cleanChunk,
  }),
};

describe("cleanChunk(step, context)", () => {
  it("fails the batch, and no document, when the token table cannot be read", async () => {
    const pipeline = new Pipeline();
    const { batches } = await pipeline.ingest(await folderOf({ "a.txt": prose(1), "b.txt": prose(2) }), "r1");
    const batch = batches[0]!.id;
    const failing = pipeline.task(withoutTables, `${ROOT}/runs/r1/ingest/${batch}.json`, `runs/r1/clean-chunk/${batch}.json`);
    expect((await errorOf(failing)).message).to.include("too many open files");
    const { counts } = await pipeline.cleanChunk("r1", batch);
    expect(counts.documents).to.deep.include({ in: 2, kept: 2, failed: {} });
  });
});
