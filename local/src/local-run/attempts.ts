/** A step to its result: tried again where the exit code says that a retry may help, with a longer pause each time. */
import { setTimeout as delay } from "node:timers/promises";
import { EXIT } from "@pipeline/shared/errors";
import type { Ended } from "./run-program.js";

const RETRIES = 2;
const FIRST_PAUSE_MS = 1_000;
const NO_RETRY: ReadonlySet<number | null> = new Set([EXIT.ok, EXIT.invalidData, EXIT.invalidConfig, EXIT.nothingToDo]);

export interface StepResult {
  /** The program's exit code; 1 when a signal ended it. */
  readonly exitCode: number;
  readonly attempts: number;
}

/** Tries a step up to three times. `attempt` is given the number of the try, counted from `first`. */
export async function withRetries(
  first: number,
  signal: AbortSignal,
  attempt: (number: number) => Promise<Ended>,
  pause = FIRST_PAUSE_MS,
): Promise<StepResult> {
  for (let tries = 1; ; tries++) {
    const { exitCode } = await attempt(first + tries - 1);
    if (NO_RETRY.has(exitCode) || tries > RETRIES || signal.aborted) return { exitCode: exitCode ?? 1, attempts: tries };
    await delay(pause * 4 ** (tries - 1), undefined, { signal }).catch(() => undefined); // an abort only ends the pause
    if (signal.aborted) return { exitCode: exitCode ?? 1, attempts: tries };
  }
}
