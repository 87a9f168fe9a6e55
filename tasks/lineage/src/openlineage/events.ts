/** A run's attempts and manifests to OpenLineage run events: one START and one end for each try of each task. */
import { uuidOf } from "@pipeline/shared/ids";
import type { Manifest, RunManifest } from "@pipeline/shared/manifest";
import type { AttemptOutcome } from "../run/attempts.js";
import { type DatasetName, datasetOf, tableOf } from "./datasets.js";
import {
  countsFacet,
  engineFacet,
  errorFacet,
  type Facets,
  inputStatistics,
  JOB_FACETS,
  outputStatistics,
  PRODUCER,
  parentFacets,
  rowStatistics,
} from "./facets.js";

/** A RunEvent of specification 2-0-2. */
export interface RunEvent {
  readonly eventTime: string;
  readonly producer: string;
  readonly schemaURL: string;
  readonly eventType: "START" | "COMPLETE" | "FAIL" | "ABORT";
  readonly run: { readonly runId: string; readonly facets: Facets };
  readonly job: DatasetName & { readonly facets: Facets };
  readonly inputs: readonly (DatasetName & { readonly inputFacets?: Facets })[];
  readonly outputs: readonly (DatasetName & { readonly outputFacets?: Facets })[];
}

export interface EventInputs {
  readonly runId: string;
  /** Namespace of our jobs. */
  readonly namespace: string;
  readonly attempts: readonly AttemptOutcome[];
  /** Of the attempts that ended well, where there still is one. */
  readonly manifests: readonly (Manifest | RunManifest)[];
  readonly databaseUrl: string;
  /** When a try of which nothing was heard any more is known to be lost. */
  readonly now: string;
}

const SCHEMA_URL = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
const END = { ok: "COMPLETE", failed: "FAIL", lost: "ABORT" } as const;

/** In the order of attempts. Equal inputs give equal events with equal ids, so that sending them again changes nothing. */
export function openLineageEvents(inputs: EventInputs): RunEvent[] {
  const manifests = new Map(inputs.manifests.map((manifest) => [keyOf(manifest), manifest]));
  return inputs.attempts.flatMap((attempt) => {
    const manifest = attempt.status === "ok" ? manifests.get(keyOf(attempt)) : undefined;
    const { inputs: read, outputs } = manifest ? datasetsOf(manifest, inputs.databaseUrl) : { inputs: [], outputs: [] };
    const start = eventOf(inputs, attempt, { eventType: "START", eventTime: attempt.startedAt, inputs: [], outputs: [] }, {});
    const facets = { ...(manifest && resultFacets(manifest)), ...(attempt.errorCode !== null && errorFacet(attempt.errorCode)) };
    const ended = { eventType: END[attempt.status], eventTime: attempt.finishedAt ?? inputs.now, inputs: read, outputs };
    return [start, eventOf(inputs, attempt, ended, facets)];
  });
}

type Happening = Pick<RunEvent, "eventType" | "eventTime" | "inputs" | "outputs">;

function eventOf({ runId, namespace }: EventInputs, attempt: AttemptOutcome, happening: Happening, facets: Facets): RunEvent {
  const { task, batchId, orchestrator } = attempt;
  return {
    ...happening,
    producer: PRODUCER,
    schemaURL: SCHEMA_URL,
    run: { runId: uuidOf("openlineage", runId, task, batchId, attempt.attempt), facets: { ...parentFacets(orchestrator), ...facets } },
    job: { namespace, name: task, facets: JOB_FACETS },
  };
}

const keyOf = ({ task, batchId, attempt }: Pick<AttemptOutcome, "task" | "batchId" | "attempt">): string => `${task}/${batchId}/${attempt}`;

const resultFacets = (manifest: Manifest | RunManifest): Facets => ({
  ...engineFacet(manifest.codeVersion),
  ...countsFacet(manifest as Manifest),
});

/** What a step read and wrote: the source where it is ingest, the tables where it is load, objects everywhere else. */
function datasetsOf(manifest: Manifest | RunManifest, databaseUrl: string): Pick<RunEvent, "inputs" | "outputs"> {
  const { documents, chunks } = manifest.counts;
  if ("batches" in manifest) {
    const bytes = manifest.batches.reduce((sum, batch) => sum + batch.bytes, 0);
    const source = { ...datasetOf(manifest.run.source), inputFacets: inputStatistics(documents.in, bytes) };
    return { inputs: [source], outputs: manifest.batches.map(({ uri }) => datasetOf(uri)) };
  }
  const inputs = manifest.inputs.map(({ uri }) => datasetOf(uri));
  if (manifest.task !== "load")
    return { inputs, outputs: manifest.parts.map((part) => ({ ...datasetOf(part.uri), outputFacets: outputStatistics(part) })) };
  const stored = [
    { ...tableOf(databaseUrl, "document"), outputFacets: rowStatistics(documents.in - documents.superseded) },
    { ...tableOf(databaseUrl, "chunk"), outputFacets: rowStatistics(chunks.kept) },
  ];
  return { inputs, outputs: stored };
}
