/** The personal data of a chunk to the rules that may reject it: a type whose policy is `drop`, or more values than allowed. */
import type { PiiSettings } from "@pipeline/shared/pii/detect";
import type { RuleResult } from "@pipeline/shared/verdict";

const SET = "pii";

/** One result for each type that drops and one for the number of spans; none where the recipe asks for neither. */
export function piiRules(spans: readonly { readonly type: string }[], { types, max_spans }: PiiSettings): RuleResult[] {
  const rules: RuleResult[] = [];
  for (const [type, { policy }] of Object.entries(types)) {
    if (policy !== "drop") continue;
    const found = spans.filter((span) => span.type === type).length;
    rules.push({ set: SET, name: `pii_${type}`, value: found, threshold: 0, passed: found === 0 });
  }
  if (max_spans !== null)
    rules.push({ set: SET, name: "pii_spans", value: spans.length, threshold: max_spans, passed: spans.length <= max_spans });
  return rules;
}
