/** The pipeline's own rules as data: what each measures; thresholds, order and reasons come from the recipe. */
import type { DefaultRule, DefaultRuleName } from "@pipeline/shared/recipe";
import { NUMBER, SYMBOL } from "@pipeline/shared/text/character-classes";
import { type RepetitionMeasure, repetitionOf } from "@pipeline/shared/text/repetition";
import { type BoilerplateSettings, boilerplateMatcher } from "./boilerplate.js";
import { type MeasuredDocument, rounded } from "./facts.js";
import { rarePairShare } from "./letter-pairs.js";

export interface Measurement {
  readonly value: number | string | null;
  readonly threshold: number | null;
  readonly passed: boolean;
  /** Further figures worth storing: the measures behind a rule that takes the worst of several. */
  readonly metrics?: Readonly<Record<string, number>>;
}

/** A rule with its settings, ready to look at documents. */
export type Test = (document: MeasuredDocument) => Measurement;
type Settings<Name extends DefaultRuleName> = Extract<DefaultRule, { name: Name }>;

/** What a recipe's rule does to a document. */
export function testOf(rule: DefaultRule): Test {
  return (RULES[rule.name] as (settings: DefaultRule) => Test)(rule);
}

const atLeast = (threshold: number, measure: (document: MeasuredDocument) => number | null): Test =>
  comparison(threshold, measure, (value) => value >= threshold);
const atMost = (threshold: number, measure: (document: MeasuredDocument) => number | null): Test =>
  comparison(threshold, measure, (value) => value <= threshold);

/** A value of null means that the rule has nothing to measure here: then the document passes. */
function comparison(threshold: number, measure: (document: MeasuredDocument) => number | null, passes: (value: number) => boolean): Test {
  return (document) => {
    const exact = measure(document);
    const value = exact === null ? null : rounded(exact); // what is stored is what was compared
    return { value, threshold, passed: value === null || passes(value) };
  };
}

const RULES: { readonly [Name in DefaultRuleName]: (settings: Settings<Name>) => Test } = {
  empty: ({ threshold }) => atLeast(threshold, ({ visible }) => visible),
  binary: ({ threshold = 0 }) => isText(threshold),
  undecodable: ({ threshold = 0 }) => atMost(threshold, replacedShare),
  too_short: ({ threshold }) => atLeast(threshold, ({ scan }) => scan.weight - scan.counts[NUMBER]!),
  too_long: ({ threshold }) => atMost(threshold, ({ scan }) => scan.characters),
  low_letters: ({ threshold }) => atLeast(threshold, ({ letters, visible }) => (visible === 0 ? null : letters / visible)),
  symbol_heavy: ({ threshold }) => atMost(threshold, ({ scan, visible }) => (visible === 0 ? null : scan.counts[SYMBOL]! / visible)),
  repetitive: ({ thresholds, free_characters }) => isVaried(thresholds, free_characters),
  gibberish: ({ threshold }) => atMost(threshold, ({ text }) => rarePairShare(text)),
  boilerplate: (settings) => isContent(settings.threshold, settings),
  over_cleaned: ({ threshold }) => atMost(threshold, ({ cleaning }) => cleaning?.removedShare ?? null),
};

/** Decoding decides what is binary; the rule reports what it saw. */
function isText(threshold: number): Test {
  return ({ binary }) => {
    if (binary === null) return { value: 0, threshold, passed: true };
    return { value: binary.magic ?? binary.share ?? null, threshold: binary.magic ? null : threshold, passed: false };
  };
}

/** U+FFFD that decoding put in, or that an earlier program left in the file. */
function replacedShare({ encoding, decodedCharacters, scan }: MeasuredDocument): number | null {
  const characters = Math.max(decodedCharacters ?? 0, scan.characters);
  return characters === 0 ? null : Math.max(encoding?.replaced ?? 0, scan.replacements) / characters;
}

/** The measure that comes nearest to its limit, or exceeds it most, gives the rule's value and threshold; all of them are metrics. */
function isVaried(thresholds: Readonly<Record<RepetitionMeasure, number>>, free: number): Test {
  return ({ scan }) => {
    const shares = Object.entries(repetitionOf(scan, free)) as [RepetitionMeasure, number][];
    const measures = shares.map(([name, share]): [RepetitionMeasure, number] => [name, rounded(share)]);
    const excess = ([name, value]: [RepetitionMeasure, number]) => (value === 0 ? 0 : value / thresholds[name]);
    const [worst, value] = measures.reduce((a, b) => (excess(b) > excess(a) ? b : a));
    const metrics = Object.fromEntries(measures.map(([name, share]) => [`repetition.${name}`, share]));
    return { value, threshold: thresholds[worst], passed: value <= thresholds[worst], metrics };
  };
}

function isContent(threshold: number, settings: BoilerplateSettings): Test {
  const match = boilerplateMatcher(settings);
  return ({ scan }) => {
    const { share, phrases, labels } = match(scan);
    const value = rounded(share);
    return { value, threshold, passed: value <= threshold, metrics: { "boilerplate.phrases": phrases, "boilerplate.labels": labels } };
  };
}
