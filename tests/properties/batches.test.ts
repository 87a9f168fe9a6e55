import { meanBatchSize, planBatches as planned } from "@pipeline/ingest/batches";
import { documentIdOf } from "@pipeline/shared/ids";
import { expect } from "chai";
import fc from "fast-check";

const planBatches = <T extends { id: string; bytes: number }>(documents: readonly T[]) =>
  planned(documents, meanBatchSize(documents.length));
const documentOf = (n: number, bytes = 1000) => ({ id: documentIdOf("corpus", `file-${n}.txt`), bytes });
const signature = (batch: readonly { id: string }[]) => batch.map(({ id }) => id).join();

describe("planBatches(documents)", () => {
  it("puts every document into exactly one batch, in ascending order, and none larger than twice the mean", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1_000_000), { maxLength: 2000 }), (numbers) => {
        const batches = planBatches(numbers.map((n) => documentOf(n)));
        const ids = batches.flat().map(({ id }) => id);
        expect(ids).to.deep.equal([...ids].sort());
        expect(new Set(ids).size).to.equal(numbers.length);
        for (const batch of batches) expect(batch.length).to.be.within(1, 2 * meanBatchSize(numbers.length));
      }),
      { numRuns: 30 },
    );
  });

  it("does not depend on the order of the listing", () => {
    const documents = Array.from({ length: 700 }, (_, n) => documentOf(n));
    expect(planBatches([...documents].reverse())).to.deep.equal(planBatches(documents));
  });

  it("re-processes one batch for a document more, two at the most: at 1,000 and at 100,000", () => {
    for (const count of [1000, 100_000]) {
      const documents = Array.from({ length: count }, (_, n) => documentOf(n));
      const before = new Set(planBatches(documents).map(signature));
      let changed = 0;
      const tries = count > 10_000 ? 4 : 300;
      for (let n = 0; n < tries; n++) {
        const after = planBatches([...documents, documentOf(count + n)]).map(signature);
        const fresh = after.filter((batch) => !before.has(batch)).length;
        expect(fresh).to.be.within(1, 2);
        changed += fresh;
      }
      expect(changed / tries).to.be.below(1.5);
    }
  });

  it("keeps a batch below 256 MB where it holds more than one document", () => {
    const batches = planBatches(Array.from({ length: 60 }, (_, n) => documentOf(n, 30_000_000)));
    for (const batch of batches) expect(batch.length * 30_000_000).to.be.at.most(256 * 1024 * 1024);
  });

  it("gives at most 1,000 batches however many documents there are", () => {
    for (const count of [500, 40_000, 1_000_000, 50_000_000]) expect(count / meanBatchSize(count)).to.be.at.most(500);
  });
});
