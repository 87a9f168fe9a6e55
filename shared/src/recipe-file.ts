/** Where recipes lie: a name means one that is shipped beside the compiled code, anything else is a file. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { RecipeError } from "./recipe-yaml.js";

export interface RecipeSource {
  readonly text: string;
  /** How errors name it. */
  readonly label: string;
  /** What a relative path in `extends` starts from. */
  readonly folder: string;
}

const SHIPPED = fileURLToPath(new URL("../recipes/", import.meta.url));

/** Names of the recipes that come with the pipeline, sorted. */
export function shippedRecipes(): string[] {
  const files = readdirSync(SHIPPED).filter((file) => file.endsWith(".yaml"));
  return files.map((file) => file.slice(0, -".yaml".length)).sort();
}

/** The text of the recipe of that name, path or file:// URI. */
export function readRecipeSource(reference: string, folder = process.cwd()): RecipeSource {
  const path = pathOf(reference, folder);
  try {
    return { text: readFileSync(path, "utf8"), label: path, folder: dirname(path) };
  } catch (cause) {
    const expected = `one of the shipped recipes (${shippedRecipes().join(", ")}), a readable file (./name.yaml) or a file:// URI`;
    throw new RecipeError("recipe_not_found", `recipe ${JSON.stringify(reference)}: nothing to read at ${path}; expected ${expected}`, {
      cause,
    });
  }
}

function pathOf(reference: string, folder: string): string {
  if (reference.startsWith("file:")) return fileURLToPath(reference);
  const isName = /^[a-z0-9][a-z0-9_-]*$/i.test(reference);
  return isName ? resolve(SHIPPED, `${reference}.yaml`) : resolve(folder, reference);
}
