/** A try of a task to the two events that frame it: a start without an end is a try that was lost. */
import { EXIT, type ExitCode, PipelineError } from "./errors.js";
import type { AttemptEvent } from "./manifest.js";
import type { Place } from "./places.js";
import type { ObjectStore } from "./ports/object-store.js";

export interface Attempt {
  readonly place: Place;
  readonly task: string;
  readonly number: number;
  readonly startedAt: string;
  readonly orchestrator: Readonly<Record<string, string>>;
}

/** Writes the event that says the attempt began. */
export async function noteStart(store: ObjectStore, attempt: Attempt): Promise<void> {
  await note(store, attempt, { event: "start", at: attempt.startedAt, status: null, errorCode: null, exitCode: null });
}

/** Writes the event that says how the attempt ended; `error` null for well. */
export async function noteEnd(store: ObjectStore, attempt: Attempt, at: string, error: unknown): Promise<void> {
  const failed = error instanceof PipelineError ? error.code : "unexpected";
  const exitCode = exitCodeOf(error);
  await note(store, attempt, {
    event: "end",
    at,
    status: error === null ? "ok" : "failed",
    errorCode: error === null ? null : failed,
    exitCode,
  });
}

/** The exit code that an error means; 1 for what no table knows: a bug, which the scheduler retries a bounded number of times. */
export function exitCodeOf(error: unknown): ExitCode | 1 {
  if (error === null) return EXIT.ok;
  return error instanceof PipelineError ? error.exitCode : 1;
}

type Outcome = Pick<AttemptEvent, "event" | "at" | "status" | "errorCode" | "exitCode">;

async function note(store: ObjectStore, { place, task, number, startedAt, orchestrator }: Attempt, outcome: Outcome): Promise<void> {
  const { runId, batchId } = place;
  const event: AttemptEvent = { schema: "event/1", task, runId, batchId, attempt: number, startedAt, orchestrator, ...outcome };
  // "run" stands for the empty batch id: a key cannot have an empty segment.
  await store.put(`runs/${runId}/events/${task}/${batchId || "run"}/${number}-${outcome.event}.json`, Buffer.from(JSON.stringify(event)));
}
