import { judge } from "@pipeline/clean-chunk/judge/judge";
import { loadRecipe } from "@pipeline/shared/recipe";
import { expect } from "chai";
import { translations } from "../../support/udhr.js";

/** Translations that the default rules may drop, each with the reason why it is truly broken. None is. */
const BROKEN: Readonly<Record<string, string>> = {};

const { judge: settings } = loadRecipe("default");
const all = translations().map(({ id, text }) => ({ id, ...judge({ text, encoding: null, binary: null, cleaning: null }, settings) }));
const highest = (measure: (judgement: (typeof all)[number]) => number) => Math.max(...all.map(measure));

describe("the default rules are fair to every language", () => {
  it("keep all 532 translations of the Universal Declaration of Human Rights", () => {
    const dropped = all.flatMap(({ id, verdict }) => {
      return verdict.kind === "drop" ? [`${id}: ${verdict.reason} ${verdict.value} (limit ${verdict.threshold})`] : [];
    });
    expect(all).to.have.length(532);
    expect(dropped.filter((line) => !(line.split(":")[0]! in BROKEN))).to.deep.equal([]);
  });

  it("have the room that their reasons speak of", () => {
    const repetition = (metrics: Record<string, number>) => Object.entries(metrics).filter(([name]) => name.startsWith("repetition."));
    expect(highest(({ metrics }) => Math.max(...repetition(metrics).map(([, share]) => share)))).to.be.within(0.1, 0.13);
    expect(highest(({ metrics }) => metrics.symbolsShare!)).to.be.below(0.05);
    const rarePairs = all.map(({ rules }) => Number(rules.find(({ name }) => name === "gibberish")!.value)).sort((a, b) => b - a);
    expect(rarePairs[0]).to.be.below(0.235);
    expect(rarePairs[1]).to.be.below(0.15);
    expect(highest(({ metrics }) => 1 - metrics.lettersShare!)).to.be.below(0.3);
  });
});
