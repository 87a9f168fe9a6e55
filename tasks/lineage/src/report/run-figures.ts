/** The manifests of a run to the run's figures: sums per task, and what became of every document and chunk from first step to last. */
import { MetricCounter, type Metrics } from "@pipeline/shared/metrics";
import { addCounts, type Counts, NO_COUNTS } from "@pipeline/shared/tally";
import type { Report } from "./report-schema.js";

/** What a report needs of one step's manifest. */
export interface StepManifest {
  readonly task: string;
  readonly batchId: string;
  readonly codeVersion: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly reused: boolean;
  readonly counts: Readonly<Partial<Record<RecordKind, Counts>>>;
  readonly metrics: Metrics;
}

/** A batch in ingest's list, which knows of it whatever became of the manifests of its steps. */
export interface ListedBatch {
  readonly id: string;
  readonly documents: number;
}

export type RecordKind = "documents" | "chunks";

/** The order in which records pass through the tasks. */
export const TASKS = ["ingest", "clean-chunk", "validate", "load"] as const;

/** One row per task that left manifests: sums over its batches. */
export function stepsOf(manifests: readonly StepManifest[]): Report["steps"] {
  return TASKS.flatMap((task) => {
    const own = manifests.filter((manifest) => manifest.task === task);
    if (own.length === 0) return [];
    return {
      task,
      batches: own.length,
      reused: own.filter(({ reused }) => reused).length,
      seconds: Math.round(busySeconds(own) * 10) / 10,
      documents: sumOf(own, "documents"),
      chunks: sumOf(own, "chunks"),
    };
  });
}

/** How long at least one of the batches was being worked on. */
function busySeconds(manifests: readonly StepManifest[]): number {
  const spans = manifests.map(({ startedAt, finishedAt }) => [Date.parse(startedAt), Date.parse(finishedAt)] as const);
  let busy = 0;
  let until = 0;
  for (const [from, to] of spans.sort(([a], [b]) => a - b)) {
    busy += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return busy / 1000;
}

export function secondsBetween(startedAt: string, finishedAt: string): number {
  return (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
}

function sumOf(manifests: readonly StepManifest[], kind: RecordKind): Report["documents"] {
  return plain(manifests.map(({ counts }) => counts[kind] ?? NO_COUNTS).reduce(addCounts, NO_COUNTS));
}

/** The metrics of all batches of the named tasks together. */
export function metricsOf(manifests: readonly StepManifest[], ...tasks: readonly string[]): Metrics {
  const counter = new MetricCounter();
  for (const { task, metrics } of manifests) if (tasks.includes(task)) counter.merge(metrics);
  return counter.toMetrics();
}

/** Documents or chunks of a batch whose later steps did not end: accounted for, but not stored. */
const UNFINISHED = "batch_unfinished";

/** What became of every document that ingest met. Load counts each one's final outcome; a batch that was not loaded has failed whole. */
export function documentsOf(batches: readonly ListedBatch[], manifests: readonly StepManifest[]): Report["documents"] {
  const loaded = loadsByBatch(manifests);
  const outcomes = batches.map(({ id, documents }) => {
    const load = loaded.get(id);
    return load ? { ...countsOf(load, "documents"), in: documents } : unfinished(documents);
  });
  return plain(outcomes.reduce(addCounts, NO_COUNTS));
}

/** What became of every chunk that validate received: refused there, or accepted and handed to load. */
export function chunksOf(manifests: readonly StepManifest[]): Report["chunks"] {
  const loaded = loadsByBatch(manifests);
  const outcomes = manifests
    .filter(({ task }) => task === "validate")
    .map((validate) => {
      const validated = countsOf(validate, "chunks");
      const load = loaded.get(validate.batchId);
      const rest = load ? countsOf(load, "chunks") : unfinished(validated.kept);
      return { ...addCounts({ ...validated, kept: 0 }, rest), in: validated.in };
    });
  return plain(outcomes.reduce(addCounts, NO_COUNTS));
}

function loadsByBatch(manifests: readonly StepManifest[]): ReadonlyMap<string, StepManifest> {
  return new Map(manifests.filter(({ task }) => task === "load").map((manifest) => [manifest.batchId, manifest]));
}

const countsOf = ({ counts }: StepManifest, kind: RecordKind): Counts => counts[kind] ?? NO_COUNTS;

function unfinished(count: number): Counts {
  return count === 0 ? NO_COUNTS : { ...NO_COUNTS, in: count, failed: { [UNFINISHED]: count } };
}

function plain({ in: received, kept, dropped, failed, superseded }: Counts): Report["documents"] {
  return { in: received, kept, dropped: { ...dropped }, failed: { ...failed }, superseded };
}
