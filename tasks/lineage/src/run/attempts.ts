/** Events to attempts: which tries of which steps there were, and how each ended. */
import type { AttemptEvent } from "@pipeline/shared/manifest";
import type { Report } from "../report/report-schema.js";

export interface AttemptOutcome {
  readonly task: string;
  /** Empty for the tasks that act on a whole run. */
  readonly batchId: string;
  readonly attempt: number;
  /** `lost`: it began, and nothing has been heard of it since. */
  readonly status: "ok" | "failed" | "lost";
  readonly errorCode: string | null;
  readonly exitCode: number | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly orchestrator: Readonly<Record<string, string>>;
}

/** Ordered by task, batch and number. An end that belongs to an earlier try under the same number does not end this one. */
export function attemptsOf(events: readonly AttemptEvent[]): AttemptOutcome[] {
  const tries = new Map<string, { start?: AttemptEvent; end?: AttemptEvent }>();
  for (const event of events) {
    const key = `${event.task}/${event.batchId}/${String(event.attempt).padStart(6, "0")}`;
    tries.set(key, { ...tries.get(key), [event.event]: event });
  }
  const ordered = [...tries].sort(([a], [b]) => (a < b ? -1 : 1));
  return ordered.map(([, { start, end }]) => (end && (!start || end.startedAt >= start.startedAt) ? ended(end) : lost((start ?? end)!)));
}

function ended(end: AttemptEvent): AttemptOutcome {
  const status = end.status === "ok" ? "ok" : "failed";
  return { ...identityOf(end), status, errorCode: end.errorCode, exitCode: end.exitCode, finishedAt: end.at };
}

function lost(start: AttemptEvent): AttemptOutcome {
  return { ...identityOf(start), status: "lost", errorCode: null, exitCode: null, finishedAt: null };
}

function identityOf({ task, batchId, attempt, startedAt, orchestrator }: AttemptEvent) {
  return { task, batchId, attempt, startedAt, orchestrator };
}

/** How many tries there were, as the report tells it. */
export function attemptTotals(attempts: readonly AttemptOutcome[]): Report["attempts"] {
  const failed: Record<string, number> = {};
  for (const { status, errorCode } of attempts)
    if (status === "failed") failed[errorCode ?? "unexpected"] = (failed[errorCode ?? "unexpected"] ?? 0) + 1;
  const count = (wanted: AttemptOutcome["status"]): number => attempts.filter(({ status }) => status === wanted).length;
  return { ok: count("ok"), failed: Object.fromEntries(Object.entries(failed).sort()), lost: count("lost") };
}
