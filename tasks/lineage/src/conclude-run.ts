/** A run's objects to its conclusion: sums checked, lineage stored, report written; the run is done only when everything is accounted for. */
import type { PipelineError } from "@pipeline/shared/errors";
import { errorFields } from "@pipeline/shared/logger";
import { putManifest } from "@pipeline/shared/made-parts";
import type { Manifest, Part, RunManifest } from "@pipeline/shared/manifest";
import type { Database } from "@pipeline/shared/postgres/database";
import type { ExampleRecord } from "@pipeline/shared/records";
import type { TaskContext } from "@pipeline/shared/run-task";
import type { Truth } from "@pipeline/shared/truth";
import { recordRun } from "./dataset/record-run.js";
import { rowImbalancesOf } from "./dataset/row-imbalances.js";
import { emitEvents } from "./openlineage/emit.js";
import { openLineageEvents, type RunEvent } from "./openlineage/events.js";
import { buildReport } from "./report/build-report.js";
import type { Report } from "./report/report-schema.js";
import { readTruth, scoreRun } from "./report/truth/score-run.js";
import { writeReport } from "./report/write-report.js";
import { type AttemptOutcome, attemptsOf, attemptTotals } from "./run/attempts.js";
import { imbalancesOf } from "./run/check-run.js";
import { type RunObjects, readRun } from "./run/read-run.js";
import { readExamples } from "./run/run-examples.js";
import { recipeMismatches, runFactsOf } from "./run/run-facts.js";
import { finalRecord, openRecord } from "./run/run-record.js";
import { settleDataset } from "./run/settle-dataset.js";
import { problemOf } from "./run/verdict-of-run.js";

/**
 * Writes lineage, report and, when all is well, the manifest, last. Throws 65 when something is unaccounted for or too much was lost,
 * 78 when what it was to retire is ambiguous, 99 when ingest found nothing: the lineage is stored and the report lies there all the same.
 */
export async function concludeRun(context: TaskContext, database: Database, truthUri: string | null): Promise<void> {
  const { store, place, logger } = context;
  const truths = truthUri === null ? null : await readTruth(truthUri, context.environment);
  const objects = await readRun(context);
  const attempts = attemptsOf(objects.events).filter((attempt) => !isOwn(attempt, context));
  await recordRun(database, openRecord(context, objects, attempts));
  const { report, problem } = await accountOf(context, database, objects, attempts, truths);
  const parts = await writeReport(store, place, report);
  await recordRun(database, finalRecord(context, objects, { report, parts, problem }));
  const manifest = problem ? null : manifestOf(context, objects.ingest!.manifest, objects, report, parts);
  await emitEvents(context, eventsOf(context, objects, [...attempts, ownAttempt(context, problem)], manifest));
  if (problem) throw problem;
  if (!(await putManifest(store, place.key, manifest!))) logger.warn("a later attempt was done first");
  logger.info("completed", { documents: report.documents.kept, chunks: report.chunks.kept, seconds: report.seconds });
}

interface Account {
  readonly report: Report;
  /** Why the run may not be called done; null when it may. */
  readonly problem: PipelineError | null;
}

async function accountOf(
  context: TaskContext,
  database: Database,
  objects: RunObjects,
  attempts: readonly AttemptOutcome[],
  truths: readonly Truth[] | null,
): Promise<Account> {
  const rows = await rowImbalancesOf(database, context.place.runId);
  const imbalances = [...imbalancesOf(objects, attempts), ...recipeMismatches(context, objects), ...rows];
  const { facts, refusal } = await settleDataset(context, database, objects, imbalances.length === 0);
  const report = buildReport({
    run: runFactsOf(context, objects),
    recipe: context.recipe,
    batches: objects.ingest?.manifest.batches ?? [],
    manifests: objects.manifests.map(({ manifest }) => manifest),
    examples: await examplesOf(context, objects),
    imbalances,
    attempts: attemptTotals(attempts),
    ...facts,
    truth: truths && (await scoreOf(context, database, objects, truths)),
  });
  return { report, problem: problemOf(report, context.recipe.limits.run) ?? refusal };
}

/** This very attempt has begun and, of course, not ended. */
function isOwn({ task, attempt }: AttemptOutcome, context: TaskContext): boolean {
  return task === context.task && attempt === context.attempt;
}

/** As its end event will tell it, once this program has ended. */
function ownAttempt({ task, attempt, startedAt, orchestrator, clock }: TaskContext, problem: PipelineError | null): AttemptOutcome {
  const outcome = problem
    ? ({ status: "failed", errorCode: problem.code, exitCode: problem.exitCode } as const)
    : ({ status: "ok", errorCode: null, exitCode: 0 } as const);
  return { task, batchId: "", attempt, ...outcome, startedAt, finishedAt: clock().toISOString(), orchestrator };
}

function eventsOf(
  context: TaskContext,
  { ingest, manifests }: RunObjects,
  attempts: readonly AttemptOutcome[],
  own: Manifest | null,
): RunEvent[] {
  return openLineageEvents({
    runId: context.place.runId,
    namespace: context.environment.OPENLINEAGE_NAMESPACE || "text-corpus",
    attempts,
    manifests: [...(ingest ? [ingest.manifest] : []), ...manifests.map(({ manifest }) => manifest), ...(own ? [own] : [])],
    databaseUrl: context.databaseUrl(),
    now: context.clock().toISOString(),
  });
}

async function scoreOf(context: TaskContext, database: Database, { ingest, manifests }: RunObjects, truths: readonly Truth[]) {
  const dataset = ingest?.manifest.run.dataset ?? "";
  const batches = manifests.map(({ manifest }) => manifest);
  return scoreRun(context, database, dataset, batches, truths);
}

function examplesOf({ store, place, logger }: TaskContext, objects: RunObjects): Promise<ExampleRecord[]> {
  const missed = (error: PipelineError): void => logger.warn("examples left out", errorFields(error));
  return readExamples({ store, root: place.root }, objects, missed);
}

function manifestOf(context: TaskContext, { run }: RunManifest, objects: RunObjects, report: Report, parts: Part[]): Manifest {
  const { task, attempt, codeVersion, imageDigest, startedAt, recipe } = context;
  const read = [objects.ingest!, ...objects.manifests];
  return {
    ...{ schema: "manifest/1", task, batchId: "", run, attempt, codeVersion, imageDigest },
    recipe: { name: recipe.name, sha256: recipe.sha256 },
    options: {},
    startedAt,
    finishedAt: context.clock().toISOString(),
    ...{ reused: false, fingerprint: null, makers: [] },
    inputs: read.map(({ uri, sha256 }) => ({ uri, sha256 })),
    parts,
    counts: { documents: report.documents, chunks: report.chunks },
    metrics: {},
  };
}
