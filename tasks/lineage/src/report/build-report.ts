/** A run's manifests, recipe and what the database says of its dataset become the report: sums and merges only, no record is read again. */
import { type Distribution, distributionOf, histogramOf, type Metrics } from "@pipeline/shared/metrics";
import type { Recipe } from "@pipeline/shared/recipe";
import type { ExampleRecord } from "@pipeline/shared/records";
import { sumOf } from "@pipeline/shared/tally";
import { shareBars, tokenBars } from "./bars.js";
import { examplesOf } from "./examples.js";
import { type Histogram, type Report, reportSchema, type TruthScore } from "./report-schema.js";
import { neverFiredOf, ruleReportsOf } from "./rule-reports.js";
import { chunksOf, documentsOf, type ListedBatch, metricsOf, type StepManifest, secondsBetween, stepsOf } from "./run-figures.js";

/** The run as a whole: who, from where, with what, from when to when. */
export interface RunFacts {
  readonly runId: string;
  readonly dataset: string;
  readonly source: string;
  readonly partition: string | null;
  readonly tokenizer: string;
  readonly maxTokens: number;
  readonly startedAt: string;
  readonly finishedAt: string;
}

export interface ReportInputs {
  readonly run: RunFacts;
  readonly recipe: Recipe;
  /** Ingest's list of the run's batches. */
  readonly batches: readonly ListedBatch[];
  /** All batch manifests of the run, of all tasks. */
  readonly manifests: readonly StepManifest[];
  readonly examples: readonly ExampleRecord[];
  /** What the checks of the run's sums found. */
  readonly imbalances: readonly string[];
  readonly attempts: Report["attempts"];
  readonly duplicates: Report["duplicates"];
  readonly datasetState: Report["datasetState"];
  readonly truth: TruthScore | null;
}

const EARLY_TASKS = ["ingest", "clean-chunk"] as const;

/** The report. Pure, and equal for equal inputs in any order of manifests. */
export function buildReport(inputs: ReportInputs): Report {
  const { run, recipe, manifests, imbalances } = inputs;
  const steps = stepsOf(manifests);
  const documents = documentsOf(inputs.batches, manifests);
  const chunks = chunksOf(manifests);
  const seconds = secondsBetween(run.startedAt, run.finishedAt);
  const rawBytes = numberOf(metricsOf(manifests, "ingest"), "rawBytes");
  return reportSchema.parse({
    schema: "report/1",
    ...run,
    recipe: { name: recipe.name, sha256: recipe.sha256 },
    codeVersions: Object.fromEntries(manifests.map(({ task, codeVersion }) => [task, codeVersion]).sort()),
    seconds: rounded(seconds, 1),
    rawBytes,
    megabytesPerSecond: seconds > 0 ? rounded(rawBytes / 1e6 / seconds, 2) : 0,
    balanced: imbalances.length === 0,
    imbalances: [...imbalances],
    documents,
    chunks,
    percentDocumentsFiltered: percentOf(documents.dropped, documents.in),
    percentChunksFiltered: percentOf(chunks.dropped, chunks.in),
    ...measured(manifests, run.maxTokens),
    ...ruled(manifests, recipe, documents.in),
    examples: examplesOf(inputs.examples),
    steps,
    attempts: inputs.attempts,
    duplicates: inputs.duplicates,
    datasetState: [...inputs.datasetState],
    mixed: inputs.datasetState.length > 1,
    truth: inputs.truth,
  } satisfies Report);
}

/** What the tasks measured, merged over batches. */
function measured(manifests: readonly StepManifest[], maxTokens: number) {
  const early = metricsOf(manifests, ...EARLY_TASKS);
  const validate = metricsOf(manifests, "validate");
  const load = metricsOf(manifests, "load");
  const tokens = histogramOf(validate, "tokens");
  const tokenDistribution = distributionOf(tokens);
  return {
    documentsWithoutChunks: numberOf(validate, "documentsWithoutChunks"),
    stored: { inserted: numberOf(load, "inserted"), replaced: numberOf(load, "replaced"), unchanged: numberOf(load, "unchanged") },
    tokens: tokenDistribution && { ...shown(tokenDistribution), total: tokenDistribution.total, histogram: tokenBars(tokens, maxTokens) },
    quality: sharesOf(validate, "scores"),
    nonAlphanumeric: sharesOf(validate, "nonAlphanumericRatios"),
    pii: histogramOf(validate, "pii"),
    piiTags: histogramOf(validate, "piiTags"),
    piiChunks: numberOf(validate, "piiChunks"),
    flags: histogramOf(validate, "flags"),
    encodings: histogramOf(early, "encodings"),
    encodingSources: histogramOf(early, "encodingSources"),
    repairs: histogramOf(early, "repairs"),
    repairedDocuments: histogramOf(early, "repairedDocuments"),
    languages: languagesOf(early),
    origins: histogramOf(early, "origins"),
  };
}

/** What the rules did. */
function ruled(manifests: readonly StepManifest[], recipe: Recipe, received: number) {
  const metrics = metricsOf(manifests, "clean-chunk", "validate");
  const rules = ruleReportsOf(recipe, histogramOf(metrics, "ruleFailures"), histogramOf(metrics, "flags"));
  return { values: valuesOf(metrics), rules, neverFired: received === 0 ? [] : neverFiredOf(rules) };
}

const VALUES = "values.";

function valuesOf(metrics: Metrics): Report["values"] {
  const reasons = Object.keys(metrics).filter((name) => name.startsWith(VALUES));
  const entries = reasons.flatMap((name) => {
    // A rule may give a word for a value (the kind of a binary file): counted, but no number to spread out.
    const numbers = Object.entries(histogramOf(metrics, name)).filter(([value]) => Number.isFinite(Number(value)));
    const distribution = distributionOf(Object.fromEntries(numbers));
    return distribution ? [[name.slice(VALUES.length), { ...shown(distribution), count: distribution.count }] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** Every decoded document has a language, if only `und`. */
function languagesOf(metrics: Metrics): Record<string, number> {
  const told = histogramOf(metrics, "languages");
  const untold = sumOf(histogramOf(metrics, "encodings")) - sumOf(told);
  return untold > 0 ? { ...told, und: untold } : told;
}

function sharesOf(metrics: Metrics, name: string): (ReturnType<typeof shown> & { histogram: Histogram }) | null {
  const counts = histogramOf(metrics, name);
  const distribution = distributionOf(counts);
  return distribution && { ...shown(distribution), histogram: shareBars(counts) };
}

function shown({ mean, median, p5, p95, min, max }: Distribution) {
  return { mean: rounded(mean, 4), median, p5, p95, min, max };
}

function numberOf(metrics: Metrics, name: string): number {
  const value = metrics[name];
  return typeof value === "number" ? value : 0;
}

function percentOf(counts: Readonly<Record<string, number>>, whole: number): number {
  return whole === 0 ? 0 : rounded((100 * sumOf(counts)) / whole, 2);
}

function rounded(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
