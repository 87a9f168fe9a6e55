/** The judge: a cleaned document is kept, or dropped by the first rule of the recipe that it fails; every rule's value is kept beside it. */
import type { DefaultRule, Recipe } from "@pipeline/shared/recipe";
import { type RuleResult, type Verdict, verdictOf } from "@pipeline/shared/verdict";
import { detectLanguage, type Language } from "../language/language.js";
import { type DocumentFacts, measured, metricsOf } from "./facts.js";
import { type Measurement, type Test, testOf } from "./rules.js";

export type { DocumentFacts } from "./facts.js";

export interface Judgement {
  readonly verdict: Verdict;
  /** One result per rule of the sets, in the recipe's order. */
  readonly rules: readonly RuleResult[];
  readonly metrics: Record<string, number>;
  readonly language: Language | null;
}

type JudgeSettings = Recipe["judge"];
export type RuleSetName = keyof JudgeSettings["sets"];

/** Judges a document by the named rule sets of a recipe. Pure: the same facts and settings give the same judgement. */
export function judge(facts: DocumentFacts, settings: JudgeSettings, sets: readonly RuleSetName[] = ["default"]): Judgement {
  const document = measured(facts);
  const metrics = metricsOf(document);
  const rules = sets.flatMap((set) =>
    settings.sets[set].map((rule): RuleResult => {
      const { value, threshold, passed, metrics: further } = preparedTest(rule)(document);
      Object.assign(metrics, further);
      return { set, name: rule.name, value, threshold, passed } satisfies RuleResult & Measurement;
    }),
  );
  return { verdict: verdictOf(rules), rules, metrics, language: detectLanguage(facts.text) };
}

/** Recipes are frozen and few: their tests (with the phrase tables) are made once per rule. */
const tests = new WeakMap<DefaultRule, Test>();

function preparedTest(rule: DefaultRule): Test {
  const known = tests.get(rule);
  if (known) return known;
  const test = testOf(rule);
  tests.set(rule, test);
  return test;
}
