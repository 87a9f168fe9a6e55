/** A claimed run to its outcome: ingest, then every batch through clean-chunk, validate and load, and lineage at the end whatever happened. */

import { atOnce } from "@pipeline/shared/at-once";
import { EXIT, PipelineError } from "@pipeline/shared/errors";
import type { RunManifest } from "@pipeline/shared/manifest";
import type { ObjectStore } from "@pipeline/shared/ports/object-store";
import { readRunManifest } from "@pipeline/shared/read-manifest";
import { type StepResult, withRetries } from "./attempts.js";
import type { RunDatabase } from "./database.js";
import { callOf, DATABASE_TASKS, type StepCall } from "./programs.js";
import type { Progress } from "./progress.js";
import { reasonIn } from "./run-log.js";
import { type Ended, runProgram } from "./run-program.js";
import type { RunPlace } from "./runs.js";
import type { Settings, TaskName } from "./settings.js";

const CHAIN = ["clean-chunk", "validate", "load"] as const satisfies TaskName[];

export interface PipelineWorld {
  readonly settings: Settings;
  readonly run: RunPlace;
  readonly store: ObjectStore;
  /** What programs may see of it is decided in programs.ts. */
  readonly environment: NodeJS.ProcessEnv;
  readonly database: Pick<RunDatabase, "revive">;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  log(line: string): void;
}

export interface FailedStep {
  readonly task: TaskName;
  readonly batch: string | null;
  readonly exitCode: number;
  readonly reason: string;
}

type Batch = RunManifest["batches"][number];

/** Runs everything that can run. What failed is returned, in the order in which it ended. */
export async function runPipeline(world: PipelineWorld): Promise<FailedStep[]> {
  const failed: FailedStep[] = [];
  const step = async (task: TaskName, batch: string | null): Promise<boolean> => {
    const { result, reason } = await runStep(world, task, batch);
    if (result.exitCode === EXIT.ok) return true;
    const failure = { task, batch, exitCode: result.exitCode, reason };
    failed.push(failure);
    if (!world.signal.aborted) world.progress.note(`  ${failureLine(failure)}`);
    return false;
  };
  if (await step("ingest", null)) await runBatches(world, step);
  // Stopped by hand: the next call goes on with this run, and a lineage manifest would close it.
  if (!world.signal.aborted) await step("lineage", null);
  return failed;
}

async function runBatches(world: PipelineWorld, step: (task: TaskName, batch: string) => Promise<boolean>): Promise<void> {
  const { store, run, settings, progress, signal } = world;
  const { manifest } = await readRunManifest(store, `runs/${run.id}/ingest.json`);
  const documents = manifest.batches.reduce((sum, batch) => sum + batch.documents, 0);
  progress.begin(manifest.batches.length, CHAIN.length, documents);
  const chain = async (batch: Batch): Promise<void> => {
    for (const task of CHAIN) {
      if (signal.aborted || !(await step(task, batch.id))) return;
      progress.step(task, task === "load" ? batch.documents : 0);
    }
  };
  try {
    await atOnce(manifest.batches, settings.jobs, chain);
  } finally {
    progress.end(); // whatever happened, the terminal gets its cursor back
  }
}

async function runStep(world: PipelineWorld, task: TaskName, batch: string | null): Promise<{ result: StepResult; reason: string }> {
  const { run, signal } = world;
  let reason = "";
  const result = await withRetries(run.firstAttempt, signal, async (attempt) => {
    const ended = await runAttempt(world, { task, batch, attempt });
    reason = ended.reason;
    return ended;
  });
  return { result, reason };
}

async function runAttempt(world: PipelineWorld, step: StepCall): Promise<Ended & { reason: string }> {
  const { settings, run, database, signal, log } = world;
  let reason = "";
  try {
    const url = DATABASE_TASKS.has(step.task) ? { DATABASE_URL: await database.revive(signal) } : {};
    const call = callOf(settings, run.id, step, { ...world.environment, ...url });
    const ended = await runProgram(call, signal, (line) => {
      log(line);
      reason = reasonIn(line) ?? reason;
    });
    return { ...ended, reason: ended.signal ? `ended by ${ended.signal}` : reason };
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    return { exitCode: error.exitCode, signal: null, reason: `${error.message} [${error.code}]` }; // told to stop, or no database to be had
  }
}

/** One line that says what failed, how, and why. */
function failureLine({ task, batch, exitCode, reason }: FailedStep): string {
  return `${task}${batch === null ? "" : ` ${batch}`} failed with exit code ${exitCode}${reason === "" ? "" : `: ${reason}`}`;
}

/**
 * The run's own exit code: what somebody must mend comes before what a retry may cure, and both before bugs. That the sums of a run do not
 * add up in which a step failed says nothing beyond that step's own code.
 */
export function exitCodeOf(failed: readonly FailedStep[]): number {
  const repeats = ({ task, exitCode }: FailedStep) => task === "lineage" && exitCode === EXIT.invalidData && failed.length > 1;
  const codes = new Set(failed.filter((step) => !repeats(step)).map(({ exitCode }) => exitCode));
  const order = [EXIT.nothingToDo, EXIT.invalidConfig, EXIT.invalidData, EXIT.tryAgain];
  return order.find((code) => codes.has(code)) ?? (failed.length > 0 ? 1 : EXIT.ok);
}
