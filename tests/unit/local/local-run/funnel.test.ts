import { buildReport } from "@pipeline/lineage/report/build-report";
import { funnelOf } from "@pipeline/local/local-run/funnel";
import { NO_COUNTS } from "@pipeline/shared/tally";
import { expect } from "chai";
import { reportInputs } from "../../lineage/report-inputs.js";

describe("funnelOf(report)", () => {
  const report = buildReport(reportInputs());

  it("says what came in and what became of it, the most frequent reason first", () => {
    expect(funnelOf(report).slice(0, 3)).to.deep.equal([
      "  documents  1,280 in, 1,096 kept (85.6 %)",
      "             176 dropped: too_short 76 · repetitive 42 · symbol_heavy 24 · binary 18 · empty 16",
      "             8 failed: unreadable 6 · too_large 2",
    ]);
  });

  it("never rounds a loss away", () => {
    const documents = { ...NO_COUNTS, in: 5000, kept: 4999, dropped: { empty: 1 } };
    expect(funnelOf({ ...report, documents })[0]).to.contain("4,999 kept (> 99.9 %)");
  });

  it("names rules that never fired, and says nothing of rules when all did", () => {
    const lines = (neverFired: string[]) => funnelOf({ ...report, neverFired }).filter((line) => line.includes("never fired"));
    expect(lines(["default.too_long", "mine.speling"])).to.deep.equal([
      "  rules      never fired (nothing of that kind was there, or a name is misspelt): default.too_long · mine.speling",
    ]);
    expect(lines([])).to.deep.equal([]);
  });

  it("says which sums do not hold", () => {
    expect(funnelOf({ ...report, balanced: false, imbalances: ["one is gone"] }).at(-1)).to.contain("DO NOT ADD UP: one is gone");
  });
});
