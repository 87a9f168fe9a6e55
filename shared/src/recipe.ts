/** Recipes: a YAML file becomes plain, checked settings for every section, with the reason of each number kept beside them. */
import { canonicalJson, sha256Of } from "./ids.js";
import { type RecipeSource, readRecipeSource } from "./recipe-file.js";
import { isMapping, type Mapping, mergeSpecs } from "./recipe-merge.js";
import { type DefaultRule, type RecipeSpec, SECTION_NAMES, type SectionName } from "./recipe-schema.js";
import { checkSpec, parseRecipeYaml, RecipeError, type RecipeYaml } from "./recipe-yaml.js";

export { shippedRecipes } from "./recipe-file.js";
export type { DefaultRule, DefaultRuleName, SectionName } from "./recipe-schema.js";
export { RecipeError } from "./recipe-yaml.js";

/** What a task reads in place of `{ value, because }`: the value. */
type Plain<T> = T extends { value: infer V; because: string }
  ? V
  : T extends readonly unknown[]
    ? T
    : T extends object
      ? { readonly [K in keyof T]: Plain<T[K]> }
      : T;

export interface Reason {
  readonly because: string;
  readonly source?: string;
}

export interface Recipe {
  readonly name: string;
  /** sha256 of the canonical JSON of all sections without reasons: comments, layout, names and wording do not change it. */
  readonly sha256: string;
  readonly decode: Plain<RecipeSpec["decode"]>;
  readonly clean: Plain<RecipeSpec["clean"]>;
  /** Rule sets by name; the rules of a set in the recipe's order. */
  readonly judge: { readonly sets: { readonly default: readonly DefaultRule[] } };
  readonly chunk: Plain<RecipeSpec["chunk"]>;
  readonly validate: RecipeSpec["validate"];
  readonly score: Plain<RecipeSpec["score"]>;
  readonly pii: Plain<RecipeSpec["pii"]>;
  readonly limits: Plain<RecipeSpec["limits"]>;
  /** Dotted path of a setting or rule -> why it is as it is: "decode.confidence_floor", "judge.sets.default.too_short". */
  readonly reasons: Readonly<Record<string, Reason>>;
}

const MAX_EXTENDS = 8; // a longer chain is a cycle, or nobody can tell any more what applies

/** The recipe of that name (shipped), path (`./my.yaml`, anything with a slash or ending in .yaml) or file:// URI. Throws RecipeError. */
export function loadRecipe(nameOrPathOrUri: string): Recipe {
  return recipeOf(readRecipeSource(nameOrPathOrUri));
}

/** The recipe in a text, for callers that read it from elsewhere; `label` names it in errors, `extends` resolves against the working folder. */
export function parseRecipe(text: string, label = "recipe"): Recipe {
  return recipeOf({ text, label, folder: process.cwd() });
}

/** Only the named sections, without reasons: what a task's fingerprint depends on. */
export function recipeSections(recipe: Recipe, names: readonly SectionName[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, withoutReasons(recipe[name])]));
}

function recipeOf(source: RecipeSource): Recipe {
  const spec = resolveSpec(source, 0);
  const reasons: Record<string, Reason> = {};
  const plain = plainOf(spec, "", reasons) as Record<SectionName, Mapping> & { name: string };
  const recipe = { ...plain, judge: { sets: { default: defaultRulesOf(spec) } }, reasons } as unknown as Recipe;
  return deepFreeze({ ...recipe, sha256: sha256Of(canonicalJson(recipeSections(recipe, SECTION_NAMES))) });
}

/** The checked spec of a file, laid over the spec that it extends. */
function resolveSpec(source: RecipeSource, depth: number): RecipeSpec {
  const yaml = parseRecipeYaml(source.text, source.label);
  const { extends: parent, ...own } = yaml.value;
  if (parent === undefined) return checkSpec(own, yaml, own);
  if (typeof parent !== "string") throw RecipeError.at(yaml, ["extends"], parent, "the name or path of a recipe");
  if (depth >= MAX_EXTENDS)
    throw RecipeError.at(yaml, ["extends"], parent, `at most ${MAX_EXTENDS} recipes that extend each other, without a cycle`);
  const name = typeof own.name === "string" ? own.name : nameOf(source.label);
  return checkSpec({ ...mergeSpecs(parentSpec(parent, source, yaml, depth), own, name), name }, yaml, own);
}

function parentSpec(parent: string, source: RecipeSource, yaml: RecipeYaml, depth: number): Mapping {
  try {
    return resolveSpec(readRecipeSource(parent, source.folder), depth + 1) as unknown as Mapping;
  } catch (cause) {
    if (cause instanceof RecipeError && cause.code === "recipe_not_found")
      throw RecipeError.at(yaml, ["extends"], parent, "a recipe that exists", cause);
    throw cause;
  }
}

/** A recipe without a name is called after its file. */
function nameOf(label: string): string {
  const base = label
    .split("/")
    .at(-1)!
    .replace(/\.ya?ml$/i, "");
  return (
    base
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, "-")
      .replace(/^[^a-z0-9]+/, "") || "recipe"
  );
}

/** `{ value, because }` becomes the value; every reason met on the way is noted under its path. */
function plainOf(node: unknown, path: string, reasons: Record<string, Reason>): unknown {
  if (!isMapping(node)) return node;
  if (typeof node.because === "string")
    reasons[path] = { because: node.because, ...(typeof node.source === "string" && { source: node.source }) };
  if ("value" in node && "because" in node) return node.value;
  return Object.fromEntries(Object.entries(node).map(([key, member]) => [key, plainOf(member, path ? `${path}.${key}` : key, reasons)]));
}

/** The rules of the default set as a list; the two that speak of decoding get their threshold from that section, so that it is said once. */
function defaultRulesOf(spec: RecipeSpec): DefaultRule[] {
  const fromDecode: Record<string, number> = {
    binary: spec.decode.max_nul_share.value,
    undecodable: spec.decode.max_replaced_share.value,
  };
  return Object.entries(spec.judge.sets.default).map(
    ([name, rule]) => ({ name, ...(name in fromDecode && { threshold: fromDecode[name] }), ...rule }) as DefaultRule,
  );
}

function withoutReasons(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutReasons);
  if (!isMapping(node)) return node;
  const members = Object.entries(node).filter(([key]) => key !== "because" && key !== "source");
  return Object.fromEntries(members.map(([key, member]) => [key, withoutReasons(member)]));
}

function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === "object") for (const member of Object.values(Object.freeze(value))) deepFreeze(member);
  return value;
}
