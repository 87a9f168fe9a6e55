/** Manifests: the JSON by which one task hands its result to the next; written last, so that its presence means the step is complete. */
import { z } from "zod";

const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe("Lower-case hex sha256 of the bytes.");
const count = z.int().nonnegative().describe("How many.");
const time = z.iso.datetime().describe("UTC, ISO 8601.");
const byName = z.record(z.string(), count).describe("How many, by name.");
const task = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/)
  .describe("Name of the task, as its folder under tasks/.");
const batchId = z
  .string()
  .regex(/^([0-9a-f]{16})?$/)
  .describe("The batch; empty for the tasks that act on a whole run.");
const runId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,200}$/)
  .describe("Name of the run; also the folder of its objects below runs/.");
const attempt = z.int().positive().describe("Which try of the task, from 1.");
const fingerprint = sha256.nullable().describe("Hash of all that the parts depend on; null for tasks that always run.");
const codeVersion = z.string().describe("Hash of the compiled files, dependencies and Unicode version that ran.");
const uri = z.string().describe("s3://bucket/key or file:///absolute/path.");

const runSchema = z
  .strictObject({
    id: runId,
    startedAt: time.describe("When ingest first began; orders the runs that write the same document."),
    dataset: z.string().min(1).describe("The named collection that the run's documents belong to."),
    source: z.string().describe("URI that the documents were read from."),
    sourceName: z.string().describe("Prefix of every document's path; empty for none."),
    partition: z.iso.date().nullable().describe("The day that was read, null for the whole source."),
    onMissing: z.enum(["keep", "retire"]).describe("What happens to documents of the dataset that the source no longer holds."),
  })
  .describe("The run that the step belongs to, handed on from manifest to manifest.");
export type Run = z.infer<typeof runSchema>;

const recipeSchema = z
  .strictObject({ name: z.string().describe("Name of the recipe."), sha256: sha256.describe("sha256 of its settings, reasons left out.") })
  .nullable()
  .describe("The recipe that was used; null for tasks that read none.");

const options = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable())
  .describe("Options as used, defaults included.");

const makerSchema = z
  .strictObject({
    task,
    runId,
    batchId,
    attempt,
    fingerprint,
    method: sha256
      .nullable()
      .describe(
        "Hash of code, options and recipe sections alone: equal bytes treated by an equal method give an equal document. Null where it is not known.",
      ),
    codeVersion,
    recipe: recipeSchema,
    options,
    startedAt: time,
    finishedAt: time,
  })
  .describe("The transformation that made parts: an earlier run's where parts were found made.");
export type Maker = z.infer<typeof makerSchema>;

const partSchema = z.strictObject({
  name: z.string().describe("What its records are: index, documents, chunks ... Parts of one name are read in the order of the list."),
  uri,
  sha256,
  bytes: count.describe("Size of the object."),
  records: count.describe("How many records it holds."),
});
export type Part = z.infer<typeof partSchema>;

const countsSchema = z
  .strictObject({
    in: count.describe("How many came in."),
    kept: count.describe("How many went on."),
    dropped: byName.describe("How many were dropped, by reason."),
    failed: byName.describe("How many failed, by code."),
    superseded: count.describe("How many a newer run had already replaced."),
  })
  .describe("in = kept + dropped + failed + superseded, or the manifest is refused.");

const step = {
  task,
  batchId,
  run: runSchema,
  attempt,
  codeVersion,
  imageDigest: z.string().nullable().describe("Digest of the container image; null outside containers."),
  recipe: recipeSchema,
  options,
  startedAt: time,
  finishedAt: time,
  reused: z.boolean().describe("The parts were made before and have been verified, not made again."),
  fingerprint,
  makers: z.array(makerSchema).describe("Who made the parts of each step up to and including this one, ingest first."),
  inputs: z.array(z.strictObject({ uri, sha256 })).describe("Objects that were read, with the hash of their bytes."),
  parts: z.array(partSchema).describe("Objects that the next task reads."),
  counts: z.strictObject({ documents: countsSchema, chunks: countsSchema }).describe("What became of each record, by kind."),
  metrics: z
    .record(z.string(), z.union([z.number(), z.record(z.string(), z.number())]))
    .describe("Numbers and histograms that add up over batches."),
};

export const manifestSchema = z
  .strictObject({ schema: z.literal("manifest/1").describe("Name and version of this shape."), ...step })
  .describe("What one task made of one batch in one run.");
export type Manifest = z.infer<typeof manifestSchema>;

export const runManifestSchema = z
  .strictObject({
    schema: z.literal("run-manifest/1").describe("Name and version of this shape."),
    ...step,
    complete: z.boolean().describe("The whole source was listed without failure, so that what is absent from it is gone."),
    batches: z
      .array(
        z.strictObject({
          id: z
            .string()
            .regex(/^[0-9a-f]{16}$/)
            .describe("The batch."),
          uri: uri.describe("The batch's ingest manifest."),
          documents: count.describe("Documents in the batch."),
          bytes: count.describe("Raw bytes in the batch."),
        }),
      )
      .describe("The batches of the run."),
  })
  .describe("What ingest found: the batches that the next tasks are run for.");
export type RunManifest = z.infer<typeof runManifestSchema>;

export const eventSchema = z
  .strictObject({
    schema: z.literal("event/1").describe("Name and version of this shape."),
    event: z.enum(["start", "end"]).describe("Which end of the attempt."),
    task,
    runId,
    batchId,
    attempt,
    at: time,
    status: z.enum(["ok", "failed"]).nullable().describe("null on a start."),
    errorCode: z.string().nullable().describe("Stable code of what ended the attempt; never its data."),
    exitCode: count.nullable().describe("The process's exit code; null on a start."),
    orchestrator: z
      .record(z.string(), z.string())
      .describe("Identifiers that the scheduler gave: dagId, taskId, mapIndex, openLineageParentId ..."),
    startedAt: time.describe("When the attempt began; equal in its start and its end."),
  })
  .describe("One attempt began or ended. A start without an end is a lost attempt.");
export type AttemptEvent = z.infer<typeof eventSchema>;

/** The schemas that other languages read as JSON Schema, by file name in shared/contracts. */
export const CONTRACTS = {
  "manifest.schema.json": manifestSchema,
  "run-manifest.schema.json": runManifestSchema,
  "event.schema.json": eventSchema,
} as const;

/** The parts of a manifest with that name, in reading order. */
export function partsOf(manifest: { readonly parts: readonly Part[] }, name: string): Part[] {
  return manifest.parts.filter((part) => part.name === name);
}

/** The parts that the next task reads: all but the examples, which only the report shows. */
export function inputPartsOf(manifest: { readonly parts: readonly Part[] }): Part[] {
  return manifest.parts.filter(({ name }) => name !== "examples");
}

/** How many records the parts of that name hold. */
export function recordsOf(manifest: { readonly parts: readonly Part[] }, name: string): number {
  return partsOf(manifest, name).reduce((sum, { records }) => sum + records, 0);
}

/** A document's own URI: its path without the source's name, below the source. */
export function sourceUriOf({ source, sourceName }: Pick<Run, "source" | "sourceName">, path: string): string {
  const below = sourceName === "" ? path : path.slice(path.indexOf("/") + 1);
  return `${source.replace(/\/$/, "")}/${below}`;
}
