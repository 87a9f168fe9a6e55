/** SIGTERM and SIGINT to an AbortSignal: imports nearly nothing, so that a program can listen before it has loaded the rest of itself. */
import { EXIT, tryAgain } from "./errors.js";

/** The engine kills after ten seconds: what does not listen to the signal must not reach that. */
const END_MS = 5_000;
/** Ctrl-C at a terminal comes twice, once to each process and once from the one that started it; a person who insists is slower. */
const TWICE_MS = 1_000;

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
  for (const name of ["SIGTERM", "SIGINT"] as const) process.on(name, () => stop(name));
  return controller.signal;
}
