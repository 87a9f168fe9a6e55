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
      seconds: Math.round(own.reduce((sum, manifest) => sum + secondsBetween(manifest.startedAt, manifest.finishedAt), 0) * 10) / 10,
      documents: sumOf(own, "documents"),
      chunks: sumOf(own, "chunks"),
    };
  });
}

export function secondsBetween(startedAt: string, finishedAt: string): number {
  return (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
}

function sumOf(manifests: readonly StepManifest[], kind: RecordKind): Report["documents"] {
  const {
    in: received,
    kept,
    dropped,
    failed,
    superseded,
  } = manifests.map(({ counts }) => counts[kind] ?? NO_COUNTS).reduce(addCounts, NO_COUNTS);
  return { in: received, kept, dropped: { ...dropped }, failed: { ...failed }, superseded };
}

/** The metrics of all batches of the named tasks together. */
export function metricsOf(manifests: readonly StepManifest[], ...tasks: readonly string[]): Metrics {
  const counter = new MetricCounter();
  for (const { task, metrics } of manifests) if (tasks.includes(task)) counter.merge(metrics);
  return counter.toMetrics();
}

/**
 * What became of all records of a kind: what came into the first of the tasks, and every drop, failure and replacement on the way. Kept is
 * what the deciding task kept, less what later tasks lost. Where a batch is missing it does not add up, and must not: the run is not balanced.
 */
export function outcomeOf(steps: Report["steps"], kind: RecordKind, deciding: string): Report["documents"] {
  const passed = steps.map((step) => ({ task: step.task, counts: step[kind] })).filter(({ counts }) => counts.in > 0);
  const first = passed[0]?.counts.in ?? 0;
  const decidedAt = passed.findIndex(({ task }) => task === deciding);
  const all = passed.map(({ counts }) => counts).reduce(addCounts, NO_COUNTS as Report["documents"]);
  const lostLater = passed.slice(decidedAt + 1).reduce((lost, { counts }) => lost + counts.in - counts.kept, 0);
  const kept = decidedAt < 0 ? 0 : passed[decidedAt]!.counts.kept - lostLater;
  return { in: first, kept: Math.max(0, kept), dropped: { ...all.dropped }, failed: { ...all.failed }, superseded: all.superseded };
}
