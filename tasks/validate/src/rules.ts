/** What makes a chunk acceptable: each rule with its value and threshold, and remarks that do not reject. */
import type { Recipe } from "@pipeline/shared/recipe";
import { nonAlphanumericRatio } from "@pipeline/shared/text/non-alphanumeric";
import type { RuleResult } from "@pipeline/shared/verdict";

export interface ChunkJudgement {
  /** Under the recipe's white-space policy; without the rule, white space is left out. */
  readonly nonAlphanumericRatio: number;
  /** In the recipe's order of meaning: the first that failed names the reason (`verdictOf`). */
  readonly rules: readonly RuleResult[];
  /** Remarks: special_token_literal ... */
  readonly flags: readonly string[];
}

export interface ChunkContext {
  /** The document gave no other chunk: it is short, not torn, and the judge has found it long enough. */
  readonly isOnlyChunk?: boolean;
}

const SET = "validate";

/** Judges one chunk. Pure: the ratio is always measured, also where the recipe has no rule for it. */
export function judgeChunk(text: string, tokens: number, settings: Recipe["validate"], context: ChunkContext = {}): ChunkJudgement {
  const { non_alphanumeric, too_few_tokens, special_token_literal } = settings;
  const ratio = nonAlphanumericRatio(text, { countWhiteSpace: non_alphanumeric?.count_white_space ?? false });
  const rules: RuleResult[] = [];
  const flags: string[] = [];
  if (non_alphanumeric) rules.push(result("non_alphanumeric", ratio, non_alphanumeric.threshold, ratio <= non_alphanumeric.threshold));
  if (too_few_tokens) {
    const { threshold } = too_few_tokens;
    rules.push(result("too_few_tokens", tokens, threshold, context.isOnlyChunk === true || tokens >= threshold));
  }
  if (special_token_literal) {
    const found = special_token_literal.literals.filter((literal) => text.includes(literal)).length;
    const isRejected = special_token_literal.action === "reject" && found > 0;
    rules.push(result("special_token_literal", found, 0, !isRejected));
    if (found > 0) flags.push("special_token_literal");
  }
  return { nonAlphanumericRatio: ratio, rules, flags };
}

function result(name: string, value: number, threshold: number, passed: boolean): RuleResult {
  return { set: SET, name, value, threshold, passed };
}
