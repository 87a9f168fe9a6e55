/** The command line of explain to its settings: the flags of the tasks themselves, and the files to explain. */
import type { RuleSetName } from "@pipeline/clean-chunk/judge/judge";
import { resolveSettings, options as taskOptions } from "@pipeline/clean-chunk/settings";
import { invalidConfig } from "@pipeline/shared/errors";
import { flag, helpOf, type Options, optional, parseOptions, text } from "@pipeline/shared/options";
import { withPolicy } from "@pipeline/shared/pii-policy";
import { loadRecipe, type Recipe } from "@pipeline/shared/recipe";
import type { ExplainSettings } from "./explain-document.js";

const OPTIONS = {
  jsonl: flag({ help: "answer JSON lines from standard input" }),
  keepDropped: flag({ help: "go on to chunks and personal data for dropped documents too" }),
  recipe: text({ help: "which rules and thresholds", pattern: /./s, expects: "a recipe's name or file", default: "default" }),
  rules: optional(
    text({ help: "judge by these rule sets alone", pattern: /^[a-z0-9_]+(,[a-z0-9_]+)*$/, expects: "names with commas between" }),
  ),
  ...taskOptions,
} satisfies Options;

export interface ExplainCall {
  readonly jsonl: boolean;
  readonly files: readonly string[];
  readonly recipe: Recipe;
  readonly settings: ExplainSettings;
}

/** Throws 78 naming the flag or the rule set that is unknown. */
export function readArguments(argv: readonly string[]): ExplainCall {
  const { flags, files } = apart(argv);
  const options = parseOptions(OPTIONS, flags);
  if (options.jsonl === files.length > 0)
    throw invalidConfig(
      "bad_option",
      options.jsonl ? "--jsonl reads standard input: expected no files" : "expected files to explain, or --jsonl",
    );
  const recipe = loadRecipe(options.recipe);
  const ruleSets = options.rules === null ? undefined : ruleSetsOf(options.rules, recipe);
  const { settings } = resolveSettings(options, recipe);
  const { validate, score, pii } = recipe;
  return {
    jsonl: options.jsonl,
    files,
    recipe,
    settings: {
      process: { ...settings, chunksDropped: options.keepDropped, ...(ruleSets && { ruleSets }) },
      validate: { validate, score, pii: withPolicy(pii, options.piiPolicy) },
    },
  };
}

const HELP = `explain: what the pipeline does with a document, and why

  npm run --silent explain -- FILE... [flags]     a page for each file; - is standard input
  npm run --silent explain -- --jsonl [flags]     for programs: a JSON line in, a JSON line out, in order

A line is {"id", "text"}, {"id", "path"} or {"id", "bytesBase64"}; the id, any JSON, comes back with the answer:
  {"id", "encoding", "text", "verdict", "reason", "rules", "chunks", "pii", "language", "cleaning"}
where text is the cleaned text and start and end are UTF-16 offsets into it, byteStart and byteEnd bytes of the input.
A bad line is answered by {"id", "error"}, and the stream goes on. Exit code 0; 78 for a wrong call, recipe or file.
`;

/** What `explain --help` prints. */
export function helpText(): string {
  return `${HELP}\n${helpOf(OPTIONS)}`;
}

/** A word behind a flag that takes a value is that value; every other word that is no flag is a file. */
function apart(argv: readonly string[]): { flags: string[]; files: string[] } {
  const switches = new Set(["--jsonl", "--keep-dropped"]);
  const [flags, files]: [string[], string[]] = [[], []];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!;
    if (!word.startsWith("-") || word === "-") files.push(word);
    else if (switches.has(word) || word.includes("=") || at + 1 === argv.length) flags.push(word);
    else flags.push(word, argv[++at]!);
  }
  return { flags, files };
}

function ruleSetsOf(names: string, { judge }: Recipe): RuleSetName[] {
  const known = Object.keys(judge.sets);
  const unknown = names.split(",").find((name) => !known.includes(name));
  if (unknown !== undefined) throw invalidConfig("bad_option", `--rules "${unknown}": expected some of ${known.join(", ")}`);
  return names.split(",") as RuleSetName[];
}
