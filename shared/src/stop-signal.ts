/** SIGTERM and SIGINT to an AbortSignal: imports nearly nothing, so that a program can listen before it has loaded the rest of itself. */
import { setImmediate } from "node:timers/promises";
import { EXIT, tryAgain } from "./errors.js";

/** The engine kills after ten seconds: what does not listen to the signal must not reach that. */
const END_MS = 5_000;
/** Ctrl-C at a terminal comes twice, once to each process and once from the one that started it; a person who insists is slower. */
const TWICE_MS = 1_000;

/** What listens to which signal. */
const listeners = new Map<NodeJS.Signals, () => void>();

/** Aborts with exit code 75: what a signal interrupts can be tried again. A second one, a while after the first, ends the process at once. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let since = 0;
  const end = () => process.exit(EXIT.tryAgain);
  const stop = (name: string) => {
    if (controller.signal.aborted) {
      if (performance.now() - since > TWICE_MS) end();
      return;
    }
    since = performance.now();
    controller.abort(tryAgain("stopped", `${name} received; nothing is half-written, a retry starts this step again`));
    setTimeout(end, END_MS).unref();
  };
  for (const name of ["SIGTERM", "SIGINT"] as const) listeners.set(name, () => stop(name));
  for (const [name, listener] of listeners) process.on(name, listener);
  return controller.signal;
}

/** Work on more than so many bytes or characters at once can keep the event loop for longer than a signal may wait. */
export const LONG_WORK = 2 * 1024 * 1024;

/**
 * Does long work in one go. No listener would be called before its end, so there is none meanwhile: a signal then ends the process at
 * once, as it would any program, and the attempt counts as lost. Throws what `signal` was aborted with before.
 */
export async function inOneGo<T>(signal: AbortSignal, work: () => T): Promise<T> {
  await setImmediate(); // a signal that has come is heard before nobody listens
  signal.throwIfAborted();
  for (const [name, listener] of listeners) process.off(name, listener);
  try {
    return work();
  } finally {
    for (const [name, listener] of listeners) process.on(name, listener);
  }
}
