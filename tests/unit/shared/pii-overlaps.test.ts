import { apartFrom, outside, resolveOverlaps } from "@pipeline/shared/pii/overlaps";
import { expect } from "chai";
import fc from "fast-check";

const span = fc
  .tuple(fc.nat(40), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 10 }))
  .map(([start, length, tenths]) => ({ start, end: start + length, score: tenths / 10 }));
const spans = fc.array(span, { maxLength: 12 });
type Span = { start: number; end: number; score: number };
const touch = (a: Span, b: Span) => a.start < b.end && b.start < a.end;
const rank = (a: Span, b: Span) => b.end - b.start - (a.end - a.start) || b.score - a.score || a.start - b.start;

describe("resolveOverlaps(spans)", () => {
  it("keeps the longest, then the likeliest, then the first, and all that touch no better one", () => {
    fc.assert(
      fc.property(spans, (all) => {
        const kept: Span[] = [];
        for (const one of [...all].sort(rank)) if (!kept.some((other) => touch(one, other))) kept.push(one);
        expect(resolveOverlaps(all)).to.deep.equal(kept.sort((a, b) => a.start - b.start));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("apartFrom(spans, others)", () => {
  it("leaves out what touches another", () => {
    fc.assert(
      fc.property(spans, spans, (all, some) => {
        const others = resolveOverlaps(some);
        expect(apartFrom(all, others)).to.have.deep.members(all.filter((one) => !others.some((other) => touch(one, other))));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("outside(spans, covers)", () => {
  it("leaves out what lies inside a longer cover", () => {
    fc.assert(
      fc.property(spans, spans, (all, covers) => {
        const isInside = (one: Span) =>
          covers.some((cover) => cover.start <= one.start && cover.end >= one.end && cover.end - cover.start > one.end - one.start);
        expect(outside(all, covers)).to.have.deep.members(all.filter((one) => !isInside(one)));
      }),
      { numRuns: 1000 },
    );
  });
});
