/** OpenLineage events to the store, and to a server where one is named. */
import { errorFields, type Logger } from "@pipeline/shared/logger";
import type { TaskContext } from "@pipeline/shared/run-task";
import type { RunEvent } from "./events.js";

/** Milliseconds for one event, and for all of them: what a server that hangs or crawls may cost a run. */
const TIMEOUT_MS = 2_000;
const BUDGET_MS = 10_000;
const AT_ONCE = 8;
const PATH = "/api/v1/lineage";

/** Writes them as JSON lines below the run's prefix and, when OPENLINEAGE_URL is set, sends them. */
export async function emitEvents(
  context: Pick<TaskContext, "store" | "place" | "environment" | "logger">,
  events: readonly RunEvent[],
): Promise<void> {
  const lines = events.map((event) => `${JSON.stringify(event)}\n`).join("");
  await context.store.put(`runs/${context.place.runId}/openlineage/events.jsonl`, Buffer.from(lines));
  const url = context.environment.OPENLINEAGE_URL;
  if (url) await sendEvents(url, events, context.logger);
}

/**
 * Sends them, those of one run in order and several runs at once. A server that fails, or has not taken all of them within `budgetMs`,
 * is told to the log and not tried again: lineage must never fail for its copy.
 */
export async function sendEvents(url: string, events: readonly RunEvent[], logger: Logger, budgetMs = BUDGET_MS): Promise<void> {
  const address = `${url.replace(/\/+$/, "")}${PATH}`;
  const runs = byRun(events).values(); // taken by whichever sender is free
  const failure = new AbortController();
  const until = AbortSignal.any([failure.signal, AbortSignal.timeout(budgetMs)]);
  let sent = 0;
  const sendRuns = async (): Promise<void> => {
    for (const run of runs)
      for (const event of run) {
        await send(address, event, until);
        sent++;
      }
  };
  const sending = Array.from({ length: AT_ONCE }, () => sendRuns().catch((error) => failure.abort(error)));
  await Promise.all(sending);
  if (sent === events.length) logger.info("openlineage events sent", { sent });
  else logger.warn("openlineage events not sent", { sent, left: events.length - sent, ...errorFields(failure.signal.reason) });
}

function byRun(events: readonly RunEvent[]): RunEvent[][] {
  const runs = new Map<string, RunEvent[]>();
  for (const event of events) runs.set(event.run.runId, [...(runs.get(event.run.runId) ?? []), event]);
  return [...runs.values()];
}

async function send(url: string, event: RunEvent, until: AbortSignal): Promise<void> {
  until.throwIfAborted();
  const headers = { "content-type": "application/json" };
  const signal = AbortSignal.any([until, AbortSignal.timeout(TIMEOUT_MS)]);
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(event), signal });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`answer ${answer.status}`);
}
