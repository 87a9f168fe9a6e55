/** What the database is to know of a run: before its conclusion as still running, after it as ended. */
import { EXIT, type PipelineError } from "@pipeline/shared/errors";
import { transformationIdOf } from "@pipeline/shared/ids";
import type { Part } from "@pipeline/shared/manifest";
import type { TransformationRow } from "@pipeline/shared/postgres/entities/lineage";
import type { TaskContext } from "@pipeline/shared/run-task";
import type { RunRecord, RunRow } from "../dataset/record-run.js";
import type { Report } from "../report/report-schema.js";
import type { AttemptOutcome } from "./attempts.js";
import type { RunObjects } from "./read-run.js";
import { lineageRowsOf, objectOf } from "./transformation-rows.js";

/** All transformations and attempts that the run's objects tell of; the run itself is open until it is concluded. */
export function openRecord(context: TaskContext, objects: RunObjects, attempts: readonly AttemptOutcome[]): RunRecord {
  const { makers, own, attempts: rows } = lineageRowsOf(context.place.runId, objects, attempts);
  const run = runRow(context, objects, { status: "running", counts: {}, finishedAt: null });
  return { run, makers, transformations: own, attempts: rows };
}

export interface Conclusion {
  readonly report: Report;
  readonly parts: readonly Part[];
  /** Null when all is well. */
  readonly problem: PipelineError | null;
}

/** How the run ended, and this very attempt with it. */
export function finalRecord(context: TaskContext, objects: RunObjects, { report, parts, problem }: Conclusion): RunRecord {
  const isFailure = problem !== null && problem.exitCode !== EXIT.nothingToDo;
  const status = isFailure ? ("failed" as const) : ("ok" as const);
  const finishedAt = context.clock();
  const counts = { documents: report.documents, chunks: report.chunks };
  const times = { startedAt: new Date(context.startedAt), finishedAt };
  const outcome = { status, errorCode: isFailure ? problem.code : null, ...times };
  const own: TransformationRow = { ...ownRow(context, objects), ...outcome, counts, outputs: parts.map(objectOf) };
  return {
    run: runRow(context, objects, { status, counts, finishedAt }),
    transformations: [own],
    attempts: [{ lineageId: own.id, attempt: context.attempt, ...outcome }],
  };
}

/** A run whose ingest left no manifest has no row of its own: nobody knows its dataset. */
function runRow({ recipe }: TaskContext, { ingest }: RunObjects, outcome: Pick<RunRow, "status" | "counts" | "finishedAt">): RunRow | null {
  if (!ingest) return null;
  const { id, dataset, source, partition, startedAt } = ingest.manifest.run;
  const named = { recipeName: recipe.name, recipeSha256: recipe.sha256 };
  return { id, dataset, source, partition, ...named, startedAt: new Date(startedAt), ...outcome };
}

function ownRow(
  context: TaskContext,
  { ingest }: RunObjects,
): Omit<TransformationRow, "status" | "errorCode" | "startedAt" | "finishedAt"> {
  const { task, place, recipe, codeVersion, imageDigest, orchestrator } = context;
  return {
    id: transformationIdOf(place.runId, task, ""),
    ...{ runId: place.runId, task, batchId: "", madeBy: null, codeVersion, imageDigest, orchestrator, options: {} },
    inputs: ingest ? [{ uri: ingest.uri, sha256: ingest.sha256 }] : [],
    outputs: [],
    counts: {},
    recipeName: recipe.name,
    recipeSha256: recipe.sha256,
  };
}
