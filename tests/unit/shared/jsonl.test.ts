import { Readable } from "node:stream";
import { memoryObjectStore } from "@pipeline/shared/adapters/memory-object-store";
import type { PipelineError } from "@pipeline/shared/errors";
import { decodeJsonl } from "@pipeline/shared/jsonl";
import { PackWriter, PartWriter } from "@pipeline/shared/part-writer";
import { classified } from "@pipeline/shared/retryable";
import { expect } from "chai";
import fc from "fast-check";

async function decoded(bytes: Buffer, parse: (value: unknown) => unknown = (value) => value): Promise<unknown[]> {
  const records: unknown[] = [];
  for await (const record of decodeJsonl(Readable.from([bytes]), parse, "chunks-0")) records.push(record);
  return records;
}

const refusal = (bytes: Buffer, parse?: (value: unknown) => unknown): Promise<PipelineError> =>
  decoded(bytes, parse).then(
    () => expect.fail("expected a refusal"),
    (error: PipelineError) => error,
  );

async function written(records: readonly unknown[]): Promise<Buffer> {
  const store = memoryObjectStore();
  const writer = new PartWriter({ store, prefix: "p/", uriOf: (key) => key }, "chunks");
  for (const record of records) await writer.write(record);
  const [part] = await writer.close();
  return (await store.get(part!.uri))!.body;
}

describe("PartWriter and decodeJsonl", () => {
  it("give back every record, whatever its text holds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ text: fc.string({ unit: "binary" }), n: fc.integer() })), async (records) => {
        expect(await decoded(await written(records))).to.deep.equal(records);
      }),
      { numRuns: 50 },
    );
    const odd = [{ text: "a\r\nb\u2028c\u0085d\ud800" }];
    expect(await decoded(await written(odd))).to.deep.equal(odd);
  });

  it("give the same bytes for the same records, at any time", async () => {
    const first = await written([{ a: 1 }]);
    await new Promise((resolve) => setTimeout(resolve, 1100)); // gzip's clock has seconds
    expect((await written([{ a: 1 }])).equals(first)).to.equal(true);
  });

  it("place every document in a pack that is written, the empty one after a full pack too", async () => {
    const writer = new PackWriter({ store: memoryObjectStore(), prefix: "p/", uriOf: (key) => key });
    await writer.append(Buffer.alloc(33 * 1024 * 1024));
    const { pack } = await writer.append(Buffer.alloc(0));
    expect(await writer.close()).to.have.length(pack + 1);
  });
});

describe("decodeJsonl(bytes, parse, label)", () => {
  it("refuses an object that is cut short, is no gzip, or holds another record, and never quotes it", async () => {
    const records = Array.from({ length: 2000 }, (_, n) => ({ text: `SENTINEL ${n} ${Math.sin(n)}` }));
    const whole = await written(records);
    const strict = () => {
      throw new Error("SENTINEL 0 is wrong");
    };
    for (const error of [
      await refusal(whole.subarray(0, whole.length / 2)),
      await refusal(Buffer.from("SENTINEL, plainly")),
      await refusal(whole, strict),
    ]) {
      expect(error).to.include({ exitCode: 65, code: "bad_part" });
      expect(error.message).to.contain("chunks-0");
      expect(JSON.stringify([error.message, error.cause])).to.not.contain("SENTINEL");
    }
  });

  it("hands on a broken connection as it is, for a retry may help", async () => {
    const whole = await written(Array.from({ length: 5000 }, (_, n) => ({ text: String(Math.sin(n)) })));
    async function* broken() {
      yield whole.subarray(0, 1000);
      throw Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    }
    const reading = decodeJsonl(Readable.from(broken()), (value) => value, "chunks-0");
    const error = await reading.next().then(
      () => null,
      (thrown: Error & { code?: string }) => thrown,
    );
    expect(error?.code).to.equal("ECONNRESET");
    expect(classified(error, "reading")).to.include({ exitCode: 75 });
  });
});
