/** A recipe's rules as a Markdown table: what is dropped, at which limit, and why; README and report print it, so that it cannot go stale. */
import type { Recipe } from "./recipe.js";

/** A rule of a recipe in words. */
export interface RuleRow {
  /** The set that the rule belongs to; chunk rules are the set "validate". */
  readonly set: string;
  readonly level: "document" | "chunk";
  readonly name: string;
  /** When it drops: "fewer than 50 letters". */
  readonly limit: string;
  readonly reason: string;
}

/** One row per rule, in the order in which they name the reason of a drop: first the document's rules, then the chunk's. */
export function ruleRowsOf(recipe: Recipe): RuleRow[] {
  const documentRows = Object.entries(recipe.judge.sets).flatMap(([set, rules]) =>
    rules.map(
      (rule): RuleRow => ({
        set,
        level: "document",
        name: rule.name,
        limit: limitOf(rule.name, rule),
        reason: reasonOf(recipe, `judge.sets.${set}.${rule.name}`),
      }),
    ),
  );
  const chunkRows = Object.entries(recipe.validate).map(
    ([name, rule]): RuleRow => ({
      set: "validate",
      level: "chunk",
      name,
      limit: limitOf(name, rule),
      reason: reasonOf(recipe, `validate.${name}`),
    }),
  );
  return [...documentRows, ...chunkRows];
}

/** The rules as a Markdown table. */
export function rulesTableOf(recipe: Recipe): string {
  const rows = ruleRowsOf(recipe).map(({ level, name, limit, reason }) => `| ${level} | \`${name}\` | ${limit} | ${cell(reason)} |`);
  return ["| level | rule | dropped when | because |", "|---|---|---|---|", ...rows, ""].join("\n");
}

/** The settings of the chunk score as a table: component, weight, because. */
export function scoreTableOf(recipe: Recipe): string {
  const rows = Object.entries(recipe.score.weights).map(
    ([name, weight]) => `| \`${name}\` | ${weight} | ${cell(reasonOf(recipe, `score.weights.${name}`))} |`,
  );
  return ["| component | weight | because |", "|---|---|---|", ...rows, ""].join("\n");
}

/** What a limit means, with the threshold in place of `%`. */
const WORDING: Readonly<Record<string, string>> = {
  empty: "fewer visible characters than %",
  binary: "a known binary format, or more than % NUL",
  undecodable: "more than % of characters unreadable",
  too_short: "fewer than % letters",
  too_long: "more than % characters",
  low_letters: "less than % of visible characters are letters of words",
  symbol_heavy: "more than % of visible characters are symbols",
  repetitive: "more than % of the letters",
  gibberish: "more than % of letter pairs are ones that hardly any language has",
  boilerplate: "more than % of letters and digits",
  over_cleaned: "more than % of letters and digits removed",
  non_alphanumeric: "ratio above %",
  too_few_tokens: "fewer than % tokens, unless the document's only chunk",
};

function limitOf(name: string, rule: object): string {
  if ("action" in rule) return rule.action === "reject" ? "any of them occurs" : "never: flagged";
  const wording = WORDING[name] ?? "beyond %";
  if ("thresholds" in rule)
    return Object.entries(rule.thresholds as object)
      .map(([measure, limit]) => `${measure} > ${limit}`)
      .join(", ");
  return wording.replace("%", "threshold" in rule ? shown(rule.threshold as number) : "0");
}

/** Shares as per cent, counts with thin separators. */
function shown(threshold: number): string {
  if (threshold > 0 && threshold < 1) return `${Math.round(threshold * 1000) / 10} %`;
  return threshold.toLocaleString("en-US");
}

function reasonOf(recipe: Recipe, path: string): string {
  const reason = recipe.reasons[path];
  if (!reason) return "";
  return reason.source ? `${reason.because} (${reason.source.replace(/\.$/, "")})` : reason.because;
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replace(/\s+/g, " ");
