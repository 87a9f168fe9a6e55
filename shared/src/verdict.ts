/** What was decided about a document, and by which rule: the values are kept for kept documents too, so a threshold can be moved by SQL. */

/** One rule's outcome on one document or chunk. `value` is null where the rule does not apply (a word rule on Chinese): then it passed. */
export interface RuleResult {
  readonly set: string;
  readonly name: string;
  readonly value: number | string | null;
  readonly threshold: number | string | null;
  readonly passed: boolean;
}

export interface DropReason {
  readonly reason: string;
  readonly value: number | string | null;
  readonly threshold: number | string | null;
}

export type Verdict = { readonly kind: "keep" } | ({ readonly kind: "drop" } & DropReason);

/** The first failing rule in the recipe's order names the reason. */
export function verdictOf(results: readonly RuleResult[]): Verdict {
  const failed = results.find((result) => !result.passed);
  return failed ? { kind: "drop", reason: failed.name, value: failed.value, threshold: failed.threshold } : { kind: "keep" };
}
