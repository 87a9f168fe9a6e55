/** OpenLineage events to the store, and to a server where one is named. */
import { errorFields, type Logger } from "@pipeline/shared/logger";
import type { TaskContext } from "@pipeline/shared/run-task";
import type { RunEvent } from "./events.js";

const TIMEOUT_MS = 2_000;
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

/** Sends them one by one, in order. A server that fails is told to the log and not tried again: lineage must never fail for its copy. */
export async function sendEvents(url: string, events: readonly RunEvent[], logger: Logger): Promise<void> {
  let sent = 0;
  try {
    for (const event of events) {
      await send(`${url.replace(/\/+$/, "")}${PATH}`, event);
      sent++;
    }
    logger.info("openlineage events sent", { sent });
  } catch (error) {
    logger.warn("openlineage events not sent", { sent, left: events.length - sent, ...errorFields(error) });
  }
}

async function send(url: string, event: RunEvent): Promise<void> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(event), signal: AbortSignal.timeout(TIMEOUT_MS) });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`answer ${answer.status}`);
}
