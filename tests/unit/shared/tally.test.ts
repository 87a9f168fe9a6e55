import { addCounts, imbalanceOf, NO_COUNTS, outcomesOf, sumOf, Tally } from "@pipeline/shared/tally";
import { expect } from "chai";
import fc from "fast-check";

type Outcome = "keep" | "drop" | "fail" | "supersede";
const outcomes = fc.array(fc.constantFrom<Outcome>("keep", "drop", "fail", "supersede"));

function tallied(decisions: readonly Outcome[]) {
  const tally = new Tally();
  for (const decision of decisions) {
    tally.receive();
    if (decision === "drop") tally.drop("too_short");
    else if (decision === "fail") tally.fail("too_large");
    else tally[decision]();
  }
  return tally.toCounts();
}

describe("Tally", () => {
  it("balances when each record that came in has one outcome", () => {
    fc.assert(fc.property(outcomes, (decisions) => imbalanceOf("documents", tallied(decisions)) === null));
  });

  it("says how many were lost, or counted twice", () => {
    const tally = new Tally();
    tally.receive(3);
    tally.keep();
    expect(imbalanceOf("documents", tally.toCounts())).to.contain("3 came in").and.contain("1 were");
    tally.drop("too_short", 3);
    expect(imbalanceOf("documents", tally.toCounts())).to.contain("4 were");
  });
});

describe("sumOf(counts)", () => {
  it("adds up whatever the names are", () => {
    expect([sumOf({ a: 2, b: 3 }), sumOf({})]).to.deep.equal([5, 0]);
  });
});

describe("addCounts(a, b)", () => {
  it("does not depend on the order of batches, and loses nothing", () => {
    fc.assert(
      fc.property(outcomes, outcomes, (a, b) => {
        const together = tallied([...a, ...b]);
        expect(addCounts(tallied(a), tallied(b))).to.deep.equal(together);
        expect(addCounts(tallied(b), tallied(a))).to.deep.equal(together);
        expect(addCounts(NO_COUNTS, together)).to.deep.equal(together);
        expect(outcomesOf(together)).to.equal(a.length + b.length);
      }),
    );
  });
});
