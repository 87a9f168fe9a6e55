/** Environment variables to the settings of a local run: what is wrong with one is said before anything starts. */
import { existsSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { cleanChunkTask } from "@pipeline/clean-chunk/task";
import { ingestTask } from "@pipeline/ingest/task";
import { invalidConfig } from "@pipeline/shared/errors";
import { integer, type Option, text } from "@pipeline/shared/options";
import { loadRecipe } from "@pipeline/shared/recipe";
import { parseUri, uriOf } from "@pipeline/shared/uri";
import { writtenBelow } from "./apart.js";

export type TaskName = "ingest" | "clean-chunk" | "validate" | "load" | "lineage";

export interface Settings {
  /** URI of the folder or prefix that documents are read from. */
  readonly source: string;
  /** Where the sample is written when no INPUT is given; null otherwise. */
  readonly sampleFolder: string | null;
  /** Absolute folder of everything that a run leaves on this machine. */
  readonly out: string;
  /** URI of the object store's root. */
  readonly store: string;
  readonly databaseUrl: string | null;
  /** How many batches are worked on at once. */
  readonly jobs: number;
  readonly recipe: { readonly name: string; readonly sha256: string };
  /** Flags that each task is called with, beside --in and --out. */
  readonly flags: Readonly<Record<TaskName, readonly string[]>>;
}

interface Variable {
  readonly option: Option<unknown>;
  /** The tasks that are called with the value, under the flag of the same name; none where local-run itself uses it. */
  readonly tasks: readonly TaskName[];
}

const own = (option: Option<unknown>): Variable => ({ option, tasks: [] });
const forTasks = (option: Option<unknown>, ...tasks: TaskName[]): Variable => ({ option, tasks });

const any = { pattern: /./s, default: "" };
const { dataset, partition, sourceName, onMissing, batchDocuments } = ingestTask.options;
const { tokenizer, maxTokens, overlapTokens, piiPolicy } = cleanChunkTask.options;

/** Every variable that a local run understands. What a task declares is read as the task reads it. */
const VARIABLES = {
  INPUT: own(
    text({ ...any, help: "the documents; without it the sample is made", expects: "a folder of .txt files, or s3://bucket/prefix" }),
  ),
  OUT: own(text({ ...any, help: "where database, objects and report are kept", expects: "a folder", default: "out" })),
  JOBS: own(integer({ help: "batches at once", min: 1, max: 256, default: availableParallelism() })),
  DATABASE_URL: own(
    text({
      help: "a PostgreSQL of your own instead of the embedded one",
      pattern: /^postgres(ql)?:\/\//,
      expects: "postgres://user:password@host:port/database",
      default: "",
    }),
  ),
  S3_URI: own(
    text({ help: "an object store of your own instead of a folder", pattern: /^s3:\/\/[^/]/, expects: "s3://bucket/prefix", default: "" }),
  ),
  RECIPE: forTasks(
    text({ ...any, help: "rules and thresholds", expects: "a recipe's name or file" }),
    "ingest",
    "clean-chunk",
    "validate",
    "lineage",
  ),
  DATASET: forTasks(dataset, "ingest"),
  PARTITION: forTasks(partition, "ingest"),
  SOURCE_NAME: forTasks(sourceName, "ingest"),
  ON_MISSING: forTasks(onMissing, "ingest"),
  BATCH_DOCUMENTS: forTasks(batchDocuments, "ingest"),
  TOKENIZER: forTasks(tokenizer, "clean-chunk"),
  MAX_TOKENS: forTasks(maxTokens, "clean-chunk"),
  OVERLAP_TOKENS: forTasks(overlapTokens, "clean-chunk"),
  PII_POLICY: forTasks(piiPolicy, "clean-chunk", "validate"),
} as const satisfies Record<string, Variable>;

type VariableName = keyof typeof VARIABLES;
type Environment = Readonly<Record<string, string | undefined>>;

/** Throws 78 (`bad_variable`) naming the variable, its value and what was expected. An empty variable counts as absent. */
export function readSettings(environment: Environment): Settings {
  const value = (name: VariableName) => parsed(name, environment);
  const out = resolve(String(value("OUT")));
  const input = String(value("INPUT"));
  const sampleFolder = input === "" ? join(out, "sample") : null;
  const flags = flagsOf(environment);
  const source = sampleFolder === null ? sourceUri(input) : fileUri(join(sampleFolder, "documents"));
  if (sampleFolder === null) flags.ingest.push(...exclusionOf(source, out));
  if (sampleFolder !== null) flags.lineage.push(`--truth=${fileUri(join(sampleFolder, "truth.jsonl"))}`);
  const { name, sha256 } = loadRecipe(String(value("RECIPE")) || "default");
  return {
    source,
    sampleFolder,
    out,
    store: String(value("S3_URI")).replace(/\/+$/, "") || fileUri(join(out, "store")),
    databaseUrl: String(value("DATABASE_URL")) || null,
    jobs: Number(value("JOBS")),
    recipe: { name, sha256 },
    flags,
  };
}

/** Where the database of a run is, for those who only look at it. */
export function databasePlaceOf(environment: Environment): Pick<Settings, "out" | "databaseUrl"> {
  return { out: resolve(String(parsed("OUT", environment))), databaseUrl: String(parsed("DATABASE_URL", environment)) || null };
}

/** A line per variable: what it is for, what it takes, what it is without. */
export function helpOfVariables(): string {
  const lines = Object.entries<Variable>(VARIABLES).map(([name, { option }]) => {
    const fallback = option.fallback === "" || option.fallback === null ? "" : `; default ${option.fallback}`;
    return `  ${name.padEnd(16)} ${option.help} (${option.expects}${fallback})`;
  });
  return lines.join("\n");
}

function parsed(name: VariableName, environment: Environment): unknown {
  const { option }: Variable = VARIABLES[name];
  const given = environment[name];
  if (given === undefined || given === "") return option.fallback;
  try {
    return option.parse(given);
  } catch (error) {
    const shown = name === "DATABASE_URL" ? "" : ` "${given}"`; // it may hold a password
    throw invalidConfig("bad_variable", `${name}${shown}: expected ${option.expects}`, error);
  }
}

function sourceUri(input: string): string {
  if (input.startsWith("s3://")) return uriOf(parseUri(input));
  const folder = input.startsWith("file://") ? `/${parseUri(input).key}` : resolve(input);
  if (!existsSync(folder)) throw invalidConfig("bad_variable", `INPUT "${input}": no such folder`);
  if (!statSync(folder).isDirectory())
    throw invalidConfig("bad_variable", `INPUT "${input}": no folder; name the one that the file lies in`);
  return fileUri(folder);
}

/** What an earlier run left in OUT, its sample or its server's own texts, is no document. */
function exclusionOf(source: string, out: string): string[] {
  const { scheme, key } = parseUri(source);
  const below = scheme === "file" ? writtenBelow(`/${key}`, out) : null;
  return below === null ? [] : [`--exclude=${below}`];
}

/** The URI of an absolute path. */
function fileUri(path: string): string {
  return uriOf({ scheme: "file", bucket: "", key: path.replace(/^\/+/, "") });
}

function flagsOf(environment: Environment): Record<TaskName, string[]> {
  const flags: Record<TaskName, string[]> = { ingest: [], "clean-chunk": [], validate: [], load: [], lineage: [] };
  for (const [name, { tasks }] of Object.entries<Variable>(VARIABLES)) {
    if (tasks.length === 0 || !environment[name]) continue;
    const flag = `--${name.toLowerCase().replaceAll("_", "-")}=${parsed(name as VariableName, environment)}`;
    for (const task of tasks) flags[task].push(flag);
  }
  return flags;
}
