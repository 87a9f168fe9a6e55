/** A source to a run: every document read, hashed and packed into batches, and the run manifest that lists them. */
import { invalidConfig, nothingToDo } from "@pipeline/shared/errors";
import { sha256Of } from "@pipeline/shared/ids";
import { partFolderOf, putManifest } from "@pipeline/shared/made-parts";
import { type Manifest, type Run, type RunManifest, runManifestSchema } from "@pipeline/shared/manifest";
import { MetricCounter } from "@pipeline/shared/metrics";
import { PartWriter } from "@pipeline/shared/part-writer";
import { uriBelow } from "@pipeline/shared/places";
import { checkedManifest } from "@pipeline/shared/read-manifest";
import type { TaskContext } from "@pipeline/shared/run-task";
import { addCounts, NO_COUNTS } from "@pipeline/shared/tally";
import { bytesOf, meanBatchSize, planBatches } from "./batches.js";
import { type Listing, listDocuments } from "./list-documents.js";
import { overlapped, placesFor } from "./overlapped.js";
import { packBatch } from "./pack-batch.js";
import type { Source } from "./sources/source.js";

export interface IngestSettings {
  readonly source: Source;
  readonly run: Omit<Run, "startedAt">;
  readonly maxBytes: number;
  /** Mean documents in a batch; null lets their number decide. */
  readonly batchDocuments: number | null;
  readonly recorded: Manifest["options"];
}

/** Writes a manifest for every batch, then the run manifest. Throws 99 when the source holds no document. */
export async function ingest(context: TaskContext, settings: IngestSettings): Promise<void> {
  const { source } = settings;
  const run: Run = { ...settings.run, startedAt: await startOfRun(context) };
  const listing = await listDocuments(source, settings.maxBytes, run, context.signal);
  const where = run.partition === null ? run.source : `${run.source}, partition ${run.partition}`;
  if (listing.documents.length === 0) throw nothingToDo("no_documents", `${where} holds no .txt file`);
  const mean = settings.batchDocuments ?? meanBatchSize(listing.documents.length);
  const plans = planBatches(listing.documents, mean);
  const places = placesFor(Math.max(...plans.map(bytesOf)));
  let done = 0;
  const manifests = await overlapped(plans, places, async (documents) => {
    const batchId = sha256Of(documents.map(({ id }) => id).join("\n")).slice(0, 16);
    const plan = { batchId, documents, run, options: settings.recorded, maxBytes: settings.maxBytes };
    const manifest = await packBatch(context, source, plan);
    await putManifest(context.store, batchKey(run, batchId), manifest);
    context.logger.info("batch", { batch: ++done, batches: plans.length, documents: documents.length });
    return manifest;
  });
  refuseUnreadable(manifests, where);
  const runManifest = await runManifestOf(context, settings, run, listing, manifests);
  if (!(await putManifest(context.store, context.place.key, runManifest))) context.logger.warn("a later attempt was done first");
  context.logger.info("completed", { documents: listing.documents.length, batches: manifests.length, meanBatchDocuments: mean });
}

/** One file that may not be read is that file's affair; where it is so with all, the right to read is missing, and somebody must give it. */
function refuseUnreadable(manifests: readonly Manifest[], where: string): void {
  const { in: all, failed } = manifests.map(({ counts }) => counts.documents).reduce(addCounts, NO_COUNTS);
  if (failed.unreadable === all)
    throw invalidConfig("unreadable_source", `${where}: none of its ${all} documents may be read; check the rights of this account`);
}

const batchKey = (run: Run, batchId: string): string => `runs/${run.id}/ingest/${batchId}.json`;

/** A run that goes on after a kill keeps its place in the order of writers. */
async function startOfRun({ store, place, startedAt }: TaskContext): Promise<string> {
  const stored = await store.get(place.key);
  return stored ? checkedManifest(stored.body, place.key, runManifestSchema).run.startedAt : startedAt;
}

async function runManifestOf(
  context: TaskContext,
  settings: IngestSettings,
  run: Run,
  { documents, isComplete }: Listing,
  manifests: readonly Manifest[],
): Promise<RunManifest> {
  const { task, attempt, codeVersion, imageDigest, startedAt, recipe } = context;
  const ids = documents.map(({ id }) => id).sort();
  const writer = new PartWriter(partFolderOf(context, sha256Of(ids.join("\n"))), "document-ids");
  for (const id of ids) await writer.write(id);
  const metrics = new MetricCounter();
  for (const manifest of manifests) metrics.merge(manifest.metrics);
  return {
    schema: "run-manifest/1",
    task,
    batchId: "",
    run,
    attempt,
    codeVersion,
    imageDigest,
    recipe: { name: recipe.name, sha256: recipe.sha256 },
    options: settings.recorded,
    startedAt,
    finishedAt: context.clock().toISOString(),
    reused: manifests.every(({ reused }) => reused),
    fingerprint: null,
    makers: [],
    inputs: [],
    parts: await writer.close(),
    counts: { documents: manifests.map(({ counts }) => counts.documents).reduce(addCounts, NO_COUNTS), chunks: NO_COUNTS },
    metrics: metrics.toMetrics(),
    complete: isComplete && run.partition === null,
    batches: manifests.map((manifest) => ({
      id: manifest.batchId,
      uri: uriBelow(context.place.root, batchKey(run, manifest.batchId)),
      documents: manifest.counts.documents.in,
      bytes: manifest.metrics.rawBytes as number,
    })),
  };
}
