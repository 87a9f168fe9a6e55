import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { loadRecipe, parseRecipe, RecipeError, recipeSections, shippedRecipes } from "@pipeline/shared/recipe";
import { expect } from "chai";

const refusal = (text: string): string => {
  try {
    parseRecipe(text, "mine.yaml");
  } catch (error) {
    expect(error).to.be.instanceOf(RecipeError).with.property("exitCode", 78);
    return (error as RecipeError).message;
  }
  throw new Error("the recipe was accepted");
};

const ruleNames = (text: string) => parseRecipe(text, "mine.yaml").judge.sets.default.map(({ name }) => name);

describe("loadRecipe(nameOrPathOrUri)", () => {
  it("finds every shipped recipe by name", () => {
    expect(shippedRecipes()).to.include("default");
    for (const name of shippedRecipes()) expect(loadRecipe(name).name).to.equal(name);
  });

  it("reads a path, a file URI, and what a file beside it extends", () => {
    const folder = mkdtempSync(join(tmpdir(), "recipe-"));
    writeFileSync(join(folder, "base.yaml"), "extends: default\nname: team\nchunk: { max_tokens: 300 }\n");
    writeFileSync(join(folder, "mine.yaml"), "extends: ./base.yaml\nchunk: { min_tokens: 10 }\n");
    const recipe = loadRecipe(join(folder, "mine.yaml"));
    expect(recipe).to.have.property("name", "mine");
    expect(recipe.chunk).to.include({ max_tokens: 300, min_tokens: 10 });
    expect(loadRecipe(pathToFileURL(join(folder, "mine.yaml")).href)).to.deep.equal(recipe);
  });

  it("says which recipes exist when there is none of that name", () => {
    expect(() => loadRecipe("defualt")).to.throw(RecipeError, /recipe "defualt".*shipped recipes \(.*default/);
  });

  it("refuses recipes that extend each other in a circle", () => {
    const folder = mkdtempSync(join(tmpdir(), "recipe-"));
    writeFileSync(join(folder, "a.yaml"), "extends: ./b.yaml\n");
    writeFileSync(join(folder, "b.yaml"), "extends: ./a.yaml\n");
    expect(() => loadRecipe(join(folder, "a.yaml"))).to.throw(RecipeError, /without a cycle/);
  });
});

describe("the default recipe", () => {
  const recipe = loadRecipe("default");

  it("gives every setting and rule a full sentence as its reason", () => {
    const sections = ["decode", "clean.steps", "chunk", "score.weights", "limits"] as const;
    for (const path of sections) {
      const section = path.split(".").reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], recipe) as object;
      for (const key of Object.keys(section))
        if (key !== "steps") expect(recipe.reasons, `${path}.${key}`).to.have.property(`${path}.${key}`);
    }
    for (const { name } of recipe.judge.sets.default) expect(recipe.reasons).to.have.property(`judge.sets.default.${name}`);
    for (const [path, { because }] of Object.entries(recipe.reasons)) expect(because, path).to.match(/^[A-Z0-9].{30,}\.$/s);
  });

  it("judges in the documented order, decoding thresholds said once", () => {
    const order = "binary undecodable empty too_short too_long low_letters symbol_heavy repetitive gibberish boilerplate over_cleaned";
    expect(recipe.judge.sets.default.map(({ name }) => name).join(" ")).to.equal(order);
    expect(recipe.judge.sets.default[0]).to.have.property("threshold", recipe.decode.max_nul_share);
    expect(recipe.judge.sets.default[1]).to.have.property("threshold", recipe.decode.max_replaced_share);
  });

  it("cannot be changed by a task that reads it", () => {
    expect(() => Object.assign(recipe.chunk, { max_tokens: 1 })).to.throw(TypeError);
  });
});

describe("Recipe.sha256", () => {
  const base = "extends: default\nchunk: { max_tokens: 300 }\n";

  it("is equal whatever the layout, comments, name and wording", () => {
    const { sha256 } = parseRecipe(base);
    expect(parseRecipe('# other\nname: other\nextends: "default"\nchunk:\n    max_tokens:    300 # so\n').sha256).to.equal(sha256);
    expect(
      parseRecipe("extends: default\nchunk: { max_tokens: { value: 300, because: Our trainer packs sequences of that length. } }").sha256,
    ).to.equal(sha256);
    expect(parseRecipe("extends: default\n").sha256).to.equal(loadRecipe("default").sha256);
  });

  it("changes with a value, and with the order of rules", () => {
    expect(parseRecipe(base).sha256).not.to.equal(loadRecipe("default").sha256);
    expect(parseRecipe("extends: default\njudge: { sets: { default: { empty: false } } }").sha256).not.to.equal(
      loadRecipe("default").sha256,
    );
  });
});

describe("recipeSections(recipe, names)", () => {
  it("holds the named sections and no prose", () => {
    const sections = recipeSections(loadRecipe("default"), ["judge", "validate"]);
    expect(Object.keys(sections)).to.deep.equal(["judge", "validate"]);
    expect(JSON.stringify(sections)).not.to.include("because");
    expect(JSON.stringify(sections)).to.include('"too_short"');
  });
});

describe("a recipe that extends another", () => {
  it("overrides one value and says so in its reason", () => {
    const recipe = parseRecipe("extends: default\njudge: { sets: { default: { too_short: 20 } } }", "mine.yaml");
    expect(recipe.judge.sets.default.find(({ name }) => name === "too_short")).to.include({ name: "too_short", threshold: 20 });
    expect(recipe.reasons["judge.sets.default.too_short"]!.because).to.match(/^Recipe mine sets threshold to 20 \(inherited: 50\)\. Fewer/);
  });

  it("replaces the reason when it gives one, and then claims no published source", () => {
    const text =
      "extends: default\njudge:\n  sets:\n    default:\n      repetitive: { free_characters: 0, because: We want no repetition at all here. }\n";
    expect(parseRecipe(text).reasons["judge.sets.default.repetitive"]).to.deep.equal({ because: "We want no repetition at all here." });
  });

  it("keeps the order of rules and leaves out those set to false", () => {
    expect(ruleNames("extends: default\njudge: { sets: { default: { too_long: false, symbol_heavy: 0.1 } } }")).to.deep.equal(
      "binary undecodable empty too_short low_letters symbol_heavy repetitive gibberish boilerplate over_cleaned".split(" "),
    );
  });

  it("switches a cleaning step off with false", () => {
    expect(parseRecipe("extends: default\nclean: { steps: { html: false } }").clean.steps.html).to.equal(false);
  });
});

describe("refusals name file, line, column, key, value and what was expected", () => {
  const cases: [what: string, text: string, message: RegExp][] = [
    [
      "an unknown key",
      "extends: default\nchunk:\n  max_tokns: 300\n",
      /^mine\.yaml:3:3: unknown key chunk\.max_tokns \(value 300\), expected one of tokenizer, max_tokens/,
    ],
    ["an unknown section", "extends: default\nfoo: 1\n", /^mine\.yaml:2:1: unknown key foo .*decode/],
    [
      "an unknown rule",
      "extends: default\njudge:\n  sets: { default: { to_short: 3 } }\n",
      /^mine\.yaml:3:22: unknown key .*to_short.*too_short/,
    ],
    [
      "a value out of range",
      "extends: default\nchunk: { max_tokens: 5000 }\n",
      /^mine\.yaml:2:10: chunk\.max_tokens is 5000, expected at most 512/,
    ],
    [
      "a wrong type",
      "extends: default\nvalidate: { non_alphanumeric: { threshold: '0.3' } }\n",
      /^mine\.yaml:2:33: validate\.non_alphanumeric\.threshold is "0\.3", expected number/,
    ],
    [
      "a value outside a list",
      "extends: default\nchunk: { tokenizer: gpt2 }\n",
      /^mine\.yaml:2:10: chunk\.tokenizer is "gpt2", expected one of o200k_base, cl100k_base/,
    ],
    [
      "an empty reason",
      "extends: default\nchunk: { max_tokens: { value: 99, because: '' } }\n",
      /^mine\.yaml:2:35: chunk\.max_tokens\.because is "", expected a full sentence/,
    ],
    [
      "weights that are all zero",
      `extends: default\nscore:\n  weights: { ${"alphanumeric word_shape repetition sentences vocabulary language cleaning"
        .split(" ")
        .map((w) => `${w}: 0`)
        .join(", ")} }\n`,
      /^mine\.yaml:3:3: score\.weights .*at least one weight above 0/,
    ],
    ["a name with blanks", "extends: default\nname: My recipe\n", /^mine\.yaml:2:1: name is "My recipe", expected lower-case/],
    ["a parent that does not exist", "extends: nope\n", /^mine\.yaml:1:1: extends is "nope", expected a recipe that exists/],
    ["a key given twice", "extends: default\nchunk: { max_tokens: 300 }\nchunk: {}\n", /^mine\.yaml:3:1: .*unique.*expected valid YAML/],
    ["broken YAML", "chunk: [\n", /^mine\.yaml:\d+:\d+: .*expected valid YAML/],
    ["no mapping at all", "- 1\n", /^mine\.yaml is no recipe, expected a mapping/],
    ["sections that are missing", "name: mine\n", /^mine\.yaml:1:1: decode is missing, expected a mapping/],
    [
      "a value without a reason in a recipe of its own",
      "name: mine\nchunk: { max_tokens: 300 }\n",
      /^mine\.yaml:2:10: chunk\.max_tokens is 300, expected a mapping, with a because/m,
    ],
  ];
  for (const [what, text, message] of cases) it(what, () => expect(refusal(text)).to.match(message));

  it("tells all problems at once", () => {
    expect(refusal("extends: default\nfoo: 1\nchunk: { max_tokens: 5000, min_tokens: -1 }\n").split("\n")).to.have.length(3);
  });
});
