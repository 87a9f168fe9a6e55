/** The data-quality report of one run, as data: report.json is this, and the HTML, the Markdown and the data card are drawn from it. */
import { z } from "zod";

const count = z.int().nonnegative();
const byName = z.record(z.string(), count);
const scalar = z.union([z.number(), z.string()]).nullable();

const tally = z
  .strictObject({
    in: count.describe("How many came in."),
    kept: count.describe("How many went on."),
    dropped: byName.describe("How many were dropped, by reason."),
    failed: byName.describe("How many failed, by code."),
    superseded: count.describe("How many a newer run had already replaced."),
  })
  .describe("in = kept + dropped + failed + superseded; the run fails where that does not hold.");

const distribution = z.strictObject({
  mean: z.number(),
  median: z.number(),
  p5: z.number(),
  p95: z.number(),
  min: z.number(),
  max: z.number(),
});

const histogram = z
  .array(z.strictObject({ from: z.number(), to: z.number(), count }))
  .describe("Bars in order; from is inside, to is outside, but for the last bar, which holds its end.");

const step = z.strictObject({
  task: z.string(),
  batches: count.describe("Manifests of this task in this run."),
  reused: count.describe("Of these, how many found their parts made by an earlier run."),
  seconds: z.number().describe("How long at least one of the batches was being worked on."),
  documents: tally,
  chunks: tally,
});

const ruleReport = z.strictObject({
  set: z.string(),
  name: z.string(),
  level: z.enum(["document", "chunk"]),
  limit: z.string().describe("When it drops, in words: fewer than 50 letters."),
  because: z.string(),
  fired: count.describe("Documents or chunks that fail this rule or are flagged by it; one may fail several, the first names the reason."),
});

const truthFeature = z.strictObject({
  feature: z.string(),
  shows: z.string().describe("What a file with this feature is there to show."),
  status: z.enum(["pass", "fail", "not yet covered"]),
  files: count,
  right: count,
  wrong: z
    .array(z.strictObject({ path: z.string(), why: z.string() }))
    .describe("At most ten files that came out otherwise than planted, and in what."),
});

const truthPii = z.strictObject({
  type: z.string(),
  status: z.enum(["measured", "not yet covered"]),
  planted: count.describe("Values that stand in the sample's kept documents."),
  found: count.describe("Spans that were found in files whose personal values are all known."),
  matched: count.describe("Planted values of which a found span of the same type covers a part."),
  precision: z.number().nullable(),
  recall: z.number().nullable(),
});

export const reportSchema = z.strictObject({
  schema: z.literal("report/1"),
  runId: z.string(),
  dataset: z.string(),
  source: z.string().describe("Where the documents came from."),
  partition: z.string().nullable(),
  recipe: z.strictObject({ name: z.string(), sha256: z.string() }),
  tokenizer: z.string(),
  maxTokens: count,
  codeVersions: z.record(z.string(), z.string()).describe("Task -> version of the code that ran."),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  seconds: z.number(),
  rawBytes: count,
  megabytesPerSecond: z.number().describe("Raw bytes (10^6) per second of wall time, from the run's start to its report."),
  balanced: z.boolean().describe("Every step's sums hold and each step received what the one before kept."),
  imbalances: z.array(z.string()),
  documents: tally.describe("Source documents: what came in and what became of them after judging and loading."),
  chunks: tally.describe("Chunks of kept documents: what validate received and what became of them."),
  percentDocumentsFiltered: z.number().describe("100 x documents dropped / documents in."),
  percentChunksFiltered: z.number().describe("100 x chunks rejected / chunks into validate."),
  documentsWithoutChunks: count.describe("Kept documents of which no chunk was accepted."),
  stored: z
    .strictObject({ inserted: count, replaced: count, unchanged: count })
    .describe("Documents that this run wrote, wrote again or found as they should be: a second run over the same input changes nothing."),
  tokens: distribution.extend({ total: count, histogram }).nullable().describe("Tokens of accepted chunks; null without any."),
  quality: distribution.extend({ histogram }).nullable().describe("Quality scores of accepted chunks, 0 to 1; null without any."),
  nonAlphanumeric: distribution.extend({ histogram }).nullable().describe("Share of non-alphanumeric characters in all chunks."),
  pii: byName.describe("Spans found in accepted and rejected chunks, by type, each counted once by its place in the document."),
  piiTags: byName.describe("Of these, how many carry a remark such as test_number."),
  piiChunks: count.describe("Accepted chunks that hold at least one span."),
  flags: byName.describe("Accepted chunks that carry a remark which does not reject."),
  encodings: byName,
  encodingSources: byName.describe("How the encoding was decided: bom, utf-8, detected, fallback, given."),
  repairs: byName.describe("Edits that cleaning made, by step."),
  repairedDocuments: byName.describe("Documents in which a step made an edit."),
  languages: byName.describe("Documents by language (ISO 639-1); und where it cannot be told."),
  origins: byName.describe("Chunks by kind of byte range: exact, or widened."),
  duplicates: z
    .strictObject({ exact: count, near: count.nullable().describe("null: not yet covered.") })
    .describe("Documents of the whole dataset that repeat another one, after this run."),
  values: z
    .record(z.string(), distribution.extend({ count }))
    .describe("Reason -> distribution of the measured values that crossed the threshold."),
  rules: z.array(ruleReport),
  neverFired: z.array(z.string()).describe("Rules that refused nothing in this run: unneeded, or misspelt."),
  examples: z
    .record(z.string(), z.array(z.strictObject({ path: z.string(), value: scalar, threshold: scalar, shape: z.string() })))
    .describe("At most five per reason; the text is masked to its shape: x for a letter, 0 for a digit."),
  steps: z.array(step),
  attempts: z.strictObject({ ok: count, failed: byName, lost: count }).describe("Tries of tasks in this run."),
  datasetState: z
    .array(z.strictObject({ recipeSha256: z.string(), tokenizer: z.string(), maxTokens: count, codeVersion: z.string(), documents: count }))
    .describe("Documents of the whole dataset by what made them."),
  mixed: z.boolean().describe("The dataset holds documents made by different recipes, tokenizers, budgets or code."),
  truth: z
    .strictObject({
      features: z.array(truthFeature),
      pii: z.array(truthPii),
      languages: z
        .strictObject({ files: count, told: count, right: count })
        .describe("Kept files whose language is known: of how many the detector told one, and of how many the right one."),
    })
    .nullable()
    .describe("The run scored against the sample's planted truth; null for other sources."),
});

export type Report = z.infer<typeof reportSchema>;
export type Histogram = z.infer<typeof histogram>;
export type TruthScore = NonNullable<Report["truth"]>;
