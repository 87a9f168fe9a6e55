/** The recipe's rules with how often each fired in a run: a rule that never fires is unneeded or misspelt, and that is worth saying. */
import type { Recipe } from "@pipeline/shared/recipe";
import { ruleRowsOf } from "@pipeline/shared/recipe-table";
import type { Report } from "./report-schema.js";

/** One entry per rule; `failures` counts by `set.rule`, `flags` by rule, for those that only remark. */
export function ruleReportsOf(
  recipe: Recipe,
  failures: Readonly<Record<string, number>>,
  flags: Readonly<Record<string, number>>,
): Report["rules"] {
  return ruleRowsOf(recipe).map(({ set, name, level, limit, reason }) => {
    const fired = failures[`${set}.${name}`] ?? flags[name] ?? 0;
    return { set, name, level, limit, because: reason, fired };
  });
}

/** Names of the rules that refused and flagged nothing. */
export function neverFiredOf(rules: Report["rules"]): string[] {
  return rules.filter(({ fired }) => fired === 0).map(({ set, name }) => `${set}.${name}`);
}
