/** A planned batch to its manifest: documents read and hashed, packed into parts with an index, or found packed by an earlier run. */
import { makerOf } from "@pipeline/shared/batch-step";
import { fingerprintOf, methodOf } from "@pipeline/shared/fingerprint";
import { canonicalJson, sha256Of } from "@pipeline/shared/ids";
import { findMade, partFolderOf, publish } from "@pipeline/shared/made-parts";
import type { Manifest, Part, Run } from "@pipeline/shared/manifest";
import { MetricCounter } from "@pipeline/shared/metrics";
import { PackWriter, PartWriter } from "@pipeline/shared/part-writer";
import { refuseImbalance } from "@pipeline/shared/read-manifest";
import type { IndexEntry } from "@pipeline/shared/records";
import type { TaskContext } from "@pipeline/shared/run-task";
import { Tally } from "@pipeline/shared/tally";
import type { ListedDocument } from "./list-documents.js";
import { readAhead } from "./read-ahead.js";
import { type ReadDocument, readDocument } from "./read-document.js";
import type { Source } from "./sources/source.js";

/** Contents up to this many bytes in all stay in memory between hashing and packing; what exceeds them is read twice instead. */
const HELD_BYTES = 32 * 1024 * 1024;

type Hashed = Omit<ReadDocument, "content">;

export interface BatchPlan {
  readonly batchId: string;
  readonly documents: readonly ListedDocument[];
  readonly run: Run;
  readonly options: Manifest["options"];
  readonly maxBytes: number;
}

/** The batch's manifest, as it is to be stored in this run. */
export async function packBatch(context: TaskContext, source: Source, plan: BatchPlan): Promise<Manifest> {
  // A file that changes between hashing and packing is set aside, and the batch begun again: at most once for each such file.
  for (const unstable = new Set<string>(); ; ) {
    const { hashed, held } = await hashDocuments(context, source, plan, unstable);
    const fingerprint = fingerprintOfBatch(context, plan, hashed);
    const made = context.options.force ? null : await findMade(context, fingerprint);
    if (made)
      return {
        ...made,
        ...baseOf(context, plan, fingerprint),
        reused: made.run.id !== plan.run.id,
        finishedAt: context.clock().toISOString(),
      };
    const packed = await packDocuments(context, source, plan, hashed, held, fingerprint);
    if ("changed" in packed) {
      unstable.add(packed.changed);
      continue;
    }
    const manifest = manifestOf(context, plan, fingerprint, hashed, packed.parts);
    await publish(context, manifest);
    return manifest;
  }
}

async function hashDocuments(context: TaskContext, source: Source, { documents, maxBytes }: BatchPlan, unstable: ReadonlySet<string>) {
  const hashed: Hashed[] = [];
  const held = new Map<string, Buffer>();
  let heldBytes = 0;
  const reading = readAhead(documents, (document) => readDocument(source, document.entry, maxBytes));
  for await (const [document, { content, ...rest }] of reading) {
    context.signal.throwIfAborted();
    hashed.push(unstable.has(document.id) ? { sha256: null, rawBytes: rest.rawBytes, failure: "changed_while_read" } : rest);
    heldBytes += content?.length ?? 0;
    if (content && heldBytes <= HELD_BYTES) held.set(document.id, content);
  }
  return { hashed, held };
}

/** Depends on what the documents are, not on how they were listed. */
function fingerprintOfBatch(context: TaskContext, { documents, batchId }: BatchPlan, hashed: readonly Hashed[]): string {
  const listed = documents.map(({ id, path }, at) => [id, path, hashed[at]!.sha256, hashed[at]!.failure]);
  const options = { batchId, documents: sha256Of(canonicalJson(listed)) };
  return fingerprintOf({ task: context.task, parts: [], options, recipe: {}, codeVersion: context.codeVersion });
}

async function packDocuments(
  context: TaskContext,
  source: Source,
  { documents, maxBytes }: BatchPlan,
  hashed: readonly Hashed[],
  held: Map<string, Buffer>,
  fingerprint: string,
): Promise<{ parts: Part[] } | { changed: string }> {
  const folder = partFolderOf(context, fingerprint);
  const pack = new PackWriter(folder);
  const index = new PartWriter(folder, "index");
  const contents = readAhead(documents, async (document, at) =>
    hashed[at]!.failure === null ? (held.get(document.id) ?? (await readDocument(source, document.entry, maxBytes)).content) : null,
  );
  let at = 0;
  for await (const [document, content] of contents) {
    context.signal.throwIfAborted();
    const { sha256, rawBytes, failure } = hashed[at++]!;
    let place = { pack: 0, offset: 0, length: 0 };
    if (failure === null) {
      if (content === null || sha256Of(content) !== sha256) return { changed: document.id };
      place = { ...(await pack.append(content)), length: content.length };
      held.delete(document.id);
    }
    const { id, path, fileName } = document;
    const entry: IndexEntry = { id, path, fileName, ...place, sha256, rawBytes, failure: failure === null ? null : { code: failure } };
    await index.write(entry);
  }
  return { parts: [...(await pack.close()), ...(await index.close())] };
}

function baseOf(context: TaskContext, { batchId, run, options }: BatchPlan, fingerprint: string) {
  const { task, attempt, codeVersion, imageDigest, startedAt, recipe } = context;
  const named = { name: recipe.name, sha256: recipe.sha256 };
  return {
    schema: "manifest/1" as const,
    task,
    batchId,
    run,
    attempt,
    codeVersion,
    imageDigest,
    recipe: named,
    options,
    startedAt,
    fingerprint,
  };
}

function manifestOf(context: TaskContext, plan: BatchPlan, fingerprint: string, hashed: readonly Hashed[], parts: Part[]): Manifest {
  const documents = new Tally();
  const metrics = new MetricCounter();
  for (const { failure, rawBytes } of hashed) {
    documents.receive();
    metrics.add("rawBytes", rawBytes);
    if (failure === null) documents.keep();
    else documents.fail(failure);
  }
  const base = baseOf(context, plan, fingerprint);
  const finishedAt = context.clock().toISOString();
  // The row of ingest in the lineage is the whole run's: its batch id is empty.
  const maker = {
    ...makerOf(base, methodOf({ task: base.task, options: base.options, recipe: {}, codeVersion: base.codeVersion }), finishedAt),
    batchId: "",
  };
  const counts = { documents: documents.toCounts(), chunks: new Tally().toCounts() };
  refuseImbalance(`${base.task} ${plan.batchId}`, counts);
  return { ...base, finishedAt, reused: false, makers: [maker], inputs: [], parts, counts, metrics: metrics.toMetrics() };
}
