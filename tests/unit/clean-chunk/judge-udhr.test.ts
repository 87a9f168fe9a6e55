import { judge } from "@pipeline/clean-chunk/judge/judge";
import { loadRecipe } from "@pipeline/shared/recipe";
import { expect } from "chai";
import { translations } from "../../support/udhr.js";

/** Translations that the default rules may drop, each with the reason why it is truly broken. None is. */
const BROKEN: Readonly<Record<string, string>> = {};

describe("the default rules are fair to every language", () => {
  it("keep all 532 translations of the Universal Declaration of Human Rights", () => {
    const { judge: settings } = loadRecipe("default");
    const all = translations();
    const dropped = all.flatMap(({ id, text }) => {
      const { verdict } = judge({ text, encoding: null, binary: null, cleaning: null }, settings);
      return verdict.kind === "drop" ? [`${id}: ${verdict.reason} ${verdict.value} (limit ${verdict.threshold})`] : [];
    });
    expect(all).to.have.length(532);
    expect(dropped.filter((line) => !(line.split(":")[0]! in BROKEN))).to.deep.equal([]);
  }).timeout(30_000);
});
