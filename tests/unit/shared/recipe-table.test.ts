import { loadRecipe, parseRecipe } from "@pipeline/shared/recipe";
import { rulesTableOf, scoreTableOf } from "@pipeline/shared/recipe-table";
import { expect } from "chai";

describe("rulesTableOf(recipe)", () => {
  const recipe = loadRecipe("default");
  const lines = rulesTableOf(recipe).trimEnd().split("\n");

  it("has one row of four cells per rule, each with its reason", () => {
    const names = [...recipe.judge.sets.default.map(({ name }) => name), ...Object.keys(recipe.validate)];
    expect(lines).to.have.length(names.length + 2);
    names.forEach((name, index) => {
      const cells = lines[index + 2]!.split(/(?<!\\)\|/).map((text) => text.trim());
      expect(cells).to.have.length(6);
      expect(cells[2]).to.equal(`\`${name}\``);
      expect(cells[4]).to.match(/^[A-Z].{30,}/);
    });
  });

  it("shows the recipe's own thresholds", () => {
    const table = rulesTableOf(
      parseRecipe("extends: default\nvalidate: { non_alphanumeric: 0.45 }\njudge: { sets: { default: { too_short: 7 } } }"),
    );
    expect(table).to.include("ratio above 45 %").and.include("fewer than 7 letters");
  });
});

describe("scoreTableOf(recipe)", () => {
  it("has every weight", () => {
    const { weights } = loadRecipe("default").score;
    for (const [name, weight] of Object.entries(weights))
      expect(scoreTableOf(loadRecipe("default"))).to.include(`| \`${name}\` | ${weight} |`);
  });
});
