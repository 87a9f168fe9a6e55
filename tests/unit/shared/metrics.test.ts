import { bucketOf, distributionOf, MetricCounter } from "@pipeline/shared/metrics";
import { shapeOf } from "@pipeline/shared/shape-of";
import { expect } from "chai";
import fc from "fast-check";

describe("MetricCounter", () => {
  it("gives the same figures whatever the order in which batches are merged", () => {
    const first = { bytes: 3, tokens: { "5": 1, "9": 2 } };
    const second = { bytes: 4, tokens: { "9": 1 }, files: 1 };
    const merged = [
      [first, second],
      [second, first],
    ].map((batches) => {
      const counter = new MetricCounter();
      for (const batch of batches) counter.merge(batch);
      return JSON.stringify(counter.toMetrics());
    });
    expect(merged[0]).to.equal(merged[1]);
    expect(JSON.parse(merged[0]!)).to.deep.equal({ bytes: 7, files: 1, tokens: { "5": 1, "9": 3 } });
  });
});

describe("distributionOf(histogram)", () => {
  it("equals what sorting the values themselves gives", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 512 }), { minLength: 1 }), (values) => {
        const counter = new MetricCounter();
        for (const value of values) counter.addTo("tokens", value);
        const found = distributionOf(counter.toMetrics().tokens as Record<string, number>)!;
        const sorted = [...values].sort((a, b) => a - b);
        expect(found.count).to.equal(values.length);
        expect(found.total).to.equal(values.reduce((sum, value) => sum + value, 0));
        expect(found.median).to.equal(sorted[Math.ceil(values.length / 2) - 1]);
        expect([found.min, found.max]).to.deep.equal([sorted[0], sorted.at(-1)]);
      }),
    );
  });

  it("is null where nothing was counted", () => {
    expect(distributionOf({})).to.equal(null);
  });
});

describe("bucketOf(value)", () => {
  it("keeps two significant digits", () => {
    expect([0.3456, 1234, 0].map(bucketOf)).to.deep.equal([0.35, 1200, 0]);
  });
});

describe("shapeOf(text)", () => {
  it("keeps no letter and no digit of any script", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(shapeOf(text).replace(/[Xx0]/g, "")).to.not.match(/[\p{L}\p{N}]/u);
      }),
    );
  });

  it("shows a line that cannot act on the terminal", () => {
    expect(shapeOf("Pay 4111 → Öl\u001b[31m\n==")).to.equal("Xxx 0000 → Xx·[00x ==");
  });
});
