/** YAML text of a recipe: parsed with positions, checked, and refused with file:line:column, the key, its value and what was expected. */
import { type Document, isMap, isScalar, LineCounter, type ParsedNode, parseDocument } from "yaml";
import { z } from "zod";
import { EXIT, PipelineError } from "./errors.js";
import { isMapping, type Mapping } from "./recipe-merge.js";
import { type RecipeSpec, recipeSpecSchema } from "./recipe-schema.js";

const KEYS: ReadonlySet<string> = new Set(["extends", ...Object.keys(recipeSpecSchema.shape)]);

type Path = readonly PropertyKey[];

export interface RecipeYaml {
  readonly label: string;
  readonly value: Mapping;
  readonly document: Document.Parsed<ParsedNode>;
  readonly lines: LineCounter;
}

/** A recipe that cannot be used; the message says where and what was expected. The process ends with 78 (invalid configuration). */
export class RecipeError extends PipelineError {
  constructor(code: "recipe_not_found" | "recipe_invalid", message: string, options?: { cause?: unknown }) {
    super(code, EXIT.invalidConfig, message, options);
    this.name = "RecipeError";
  }

  static at(yaml: RecipeYaml, path: Path, value: unknown, expected: string, cause?: unknown): RecipeError {
    const message = `${placeOf(yaml, path)}: ${path.join(".") || "recipe"} is ${show(value)}, expected ${expected}`;
    return new RecipeError("recipe_invalid", message, cause === undefined ? undefined : { cause });
  }
}

export function parseRecipeYaml(text: string, label: string): RecipeYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problem = document.errors[0];
  if (problem) {
    const { line, col } = lines.linePos(problem.pos[0]);
    const what = problem.message.replace(/: .*/s, ""); // what follows is quoted from the file
    throw new RecipeError("recipe_invalid", `${label}:${line}:${col}: ${what}, expected valid YAML`);
  }
  const yaml = { label, value: {}, document, lines };
  const value = resolved(document, label);
  if (!isMapping(value) || !Object.keys(value).some((key) => KEYS.has(key))) throw noRecipe(label);
  return { ...yaml, value };
}

/** The spec, checked. `own` is what the file itself says (before `extends`), for the values in messages. All problems are told at once. */
export function checkSpec(spec: Mapping, yaml: RecipeYaml, own: Mapping): RecipeSpec {
  const result = recipeSpecSchema.safeParse(spec, { reportInput: true });
  if (!result.success) throw new RecipeError("recipe_invalid", result.error.issues.map((issue) => problemOf(issue, yaml, own)).join("\n"));
  // zod returns members in the schema's order; the order of rules is the recipe's to decide
  return { ...result.data, judge: spec.judge as RecipeSpec["judge"] };
}

function problemOf(issue: z.core.$ZodIssue, yaml: RecipeYaml, own: Mapping): string {
  if (issue.code === "unrecognized_keys") {
    const path = [...issue.path, issue.keys[0]!];
    return `${placeOf(yaml, path)}: unknown key ${path.join(".")} (value ${show(valueAt(own, path))}), expected one of ${allowedAt(issue.path).join(", ")}`;
  }
  const value = issue.input === undefined ? "missing" : show(issue.input);
  return `${placeOf(yaml, issue.path)}: ${writtenPath(issue.path, own).join(".")} is ${value}, expected ${expectedBy(issue)}`;
}

/** `max_tokens: 5` is short for `max_tokens: { value: 5 }`: name what was written. */
function writtenPath(path: Path, own: Mapping): Path {
  const parent = path.slice(0, -1);
  const written = valueAt(own, parent);
  return written === undefined || isMapping(written) || Array.isArray(written) ? path : parent;
}

function expectedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return `one of ${issue.values.join(", ")}`;
  if (issue.code === "too_small" && typeof issue.input === "number") return `at least ${issue.minimum}`;
  if (issue.code === "too_big") return `at most ${issue.maximum}`;
  if (issue.code === "invalid_type" && issue.expected === "object") return "a mapping, with a because for every value";
  if (issue.code === "invalid_type" && !issue.message.startsWith("a ")) return issue.expected;
  return issue.message;
}

/** "file:line:column" of the key, or of the nearest enclosing one that the file has. */
function placeOf({ label, document, lines }: RecipeYaml, path: Path): string {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) break;
      offset = (pair.key as { range?: [number] }).range?.[0] ?? offset;
      node = pair.value;
    } else if (typeof step === "number" && node && typeof node === "object" && "items" in node) {
      node = (node.items as unknown[])[step];
      offset = (node as { range?: [number] } | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  const { line, col } = lines.linePos(offset);
  return `${label}:${line}:${col}`;
}

/** The keys that the schema knows at a path. */
function allowedAt(path: Path): string[] {
  let schema: unknown = recipeSpecSchema;
  for (const step of path) schema = (unwrap(schema) as z.ZodObject).shape[String(step)];
  const keys = Object.keys((unwrap(schema) as z.ZodObject).shape);
  return path.length === 0 ? ["extends", ...keys] : keys;
}

const unwrap = (schema: unknown): unknown => (schema instanceof z.ZodOptional ? schema.unwrap() : schema);

const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>((node, step) => (isMapping(node) ? node[String(step)] : undefined), root);

function resolved(document: Document.Parsed<ParsedNode>, label: string): unknown {
  try {
    return document.toJS();
  } catch {
    // No cause: it quotes the file.
    throw new RecipeError("recipe_invalid", `${label}: an alias cannot be resolved, expected an anchor before it`);
  }
}

/** Quotes nothing: whoever names the wrong file may have named a document. */
function noRecipe(label: string): RecipeError {
  return new RecipeError("recipe_invalid", `${label} is no recipe, expected a mapping with sections such as judge and chunk`);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "missing";
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
