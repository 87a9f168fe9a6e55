import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { PipelineError } from "@pipeline/shared/errors";
import { decodeJsonl, encodeJsonl } from "@pipeline/shared/jsonl";
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

describe("encodeJsonl and decodeJsonl", () => {
  it("give back every record, whatever its text holds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ text: fc.string({ unit: "binary" }), n: fc.integer() })), async (records) => {
        expect(await decoded(await buffer(encodeJsonl(records)))).to.deep.equal(records);
      }),
      { numRuns: 50 },
    );
    const odd = [{ text: "a\r\nb\u2028c\u0085d\ud800" }];
    expect(await decoded(await buffer(encodeJsonl(odd)))).to.deep.equal(odd);
  });

  it("give the same bytes for the same records, at any time", async () => {
    const first = await buffer(encodeJsonl([{ a: 1 }]));
    await new Promise((resolve) => setTimeout(resolve, 1100)); // gzip's clock has seconds
    expect((await buffer(encodeJsonl([{ a: 1 }]))).equals(first)).to.equal(true);
  });

  it("hand on an error of the records", async () => {
    async function* broken() {
      yield { a: 1 };
      throw new Error("source broke");
    }
    const error = await buffer(encodeJsonl(broken())).then(
      () => null,
      (thrown: Error) => thrown.message,
    );
    expect(error).to.equal("source broke");
  });
});

describe("decodeJsonl(bytes, parse, label)", () => {
  it("refuses an object that is cut short, is no gzip, or holds another record, and never quotes it", async () => {
    const records = Array.from({ length: 2000 }, (_, n) => ({ text: `SENTINEL ${n} ${Math.sin(n)}` }));
    const whole = await buffer(encodeJsonl(records));
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
});
