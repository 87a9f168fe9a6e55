/** The objects below a run's prefix to what they say: manifests and events that can be read, and in words those that cannot. */
import { EXIT, invalidData, PipelineError } from "@pipeline/shared/errors";
import { sha256Of } from "@pipeline/shared/ids";
import {
  type AttemptEvent,
  eventSchema,
  type Manifest,
  manifestSchema,
  type RunManifest,
  runManifestSchema,
} from "@pipeline/shared/manifest";
import { uriBelow } from "@pipeline/shared/places";
import { checkedManifest, type Stored } from "@pipeline/shared/read-manifest";
import type { TaskContext } from "@pipeline/shared/run-task";
import { inGroups } from "./in-groups.js";

/** A manifest with the place where it lies. */
export interface Found<T> extends Stored<T> {
  readonly uri: string;
}

export interface RunObjects {
  /** Null while ingest has not completed. */
  readonly ingest: Found<RunManifest> | null;
  /** Manifests of the run's batches, by task and batch. Those of batches that a later try of ingest cut otherwise are left out. */
  readonly manifests: readonly Found<Manifest>[];
  readonly events: readonly AttemptEvent[];
  /** Objects that are there but say nothing: cut short, overwritten, of another step. */
  readonly damaged: readonly string[];
}

const BATCH_MANIFEST = /^(ingest|clean-chunk|validate|load)\/([0-9a-f]{16})\.json$/;
const EVENT = /^events\/[^/]+\/[^/]+\/\d+-(start|end)\.json$/;

/** Reads everything that the run left. Never throws for what is missing or half-written: that is what it is there to tell. */
export async function readRun({ store, place: { root, runId } }: Pick<TaskContext, "store" | "place">): Promise<RunObjects> {
  const prefix = `runs/${runId}/`;
  const names: string[] = [];
  for await (const key of store.list(prefix)) names.push(key.slice(prefix.length));
  const damaged: string[] = [];
  const read = async <T>(name: string, parse: (body: Buffer, key: string) => T): Promise<Found<T> | null> => {
    const key = `${prefix}${name}`;
    const stored = await store.get(key);
    if (!stored) return null; // gone since it was listed
    try {
      return { uri: uriBelow(root, key), manifest: parse(stored.body, key), sha256: sha256Of(stored.body) };
    } catch (error) {
      if (!(error instanceof PipelineError && error.exitCode === EXIT.invalidData)) throw error;
      damaged.push(error.message);
      return null;
    }
  };
  const ingest = await read("ingest.json", (body, key) => checkedManifest(body, key, runManifestSchema));
  const planned = new Set(ingest?.manifest.batches.map(({ id }) => id));
  const manifestNames = names.filter((name) => planned.has(BATCH_MANIFEST.exec(name)?.[2] ?? ""));
  const manifests = await inGroups(manifestNames, (name) => read(name, (body, key) => ownManifest(body, key, runId, name)));
  const events = await inGroups(names.filter(isEvent), (name) => read(name, (body, key) => checkedEvent(body, key)));
  return { ingest, manifests, events: events.map(({ manifest }) => manifest), damaged: damaged.sort() };
}

const isEvent = (name: string): boolean => EVENT.test(name);

/** A manifest that speaks of the step whose name it bears. */
function ownManifest(body: Buffer, key: string, runId: string, name: string): Manifest {
  const manifest = checkedManifest(body, key, manifestSchema);
  const [, task, batchId] = BATCH_MANIFEST.exec(name)!;
  if (manifest.task === task && manifest.batchId === batchId && manifest.run.id === runId) return manifest;
  throw invalidData("bad_manifest", `${key} speaks of ${manifest.task} ${manifest.batchId} of run ${manifest.run.id}`);
}

function checkedEvent(body: Buffer, key: string): AttemptEvent {
  const result = eventSchema.safeParse(jsonOf(body));
  if (result.success) return result.data;
  throw invalidData("bad_event", `${key} is no event: cut short or overwritten`);
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined; // the schema refuses it
  }
}
