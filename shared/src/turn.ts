/** Long work to turns: signals, timers and streams are served although the work never waits. */
import { setImmediate } from "node:timers/promises";

/** How long the event loop may be kept: well below the seconds in which a signal must be answered. */
const TURN_MS = 50;

/** Call between two records: lets the event loop run when it has waited long enough, then throws what `signal` was aborted with. */
export function turnTaker(signal: AbortSignal): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN_MS) return;
    await setImmediate();
    since = performance.now();
    signal.throwIfAborted();
  };
}
