/** A task's program to how it ended: one child process, its lines handed on, ended when we are told to end. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { tryAgain } from "@pipeline/shared/errors";

/** Docker gives a container as long between SIGTERM and SIGKILL. */
const GRACE_MS = 10_000;

export interface ProgramCall {
  /** Path of the compiled program. */
  readonly program: string;
  readonly args: readonly string[];
  /** All that it sees of the environment. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface Ended {
  /** null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Runs it to its end. `onLine` gets each line of its output and of its complaints. Rejects when there is no such program, and never otherwise. */
export async function runProgram(call: ProgramCall, signal: AbortSignal, onLine: (line: string) => void): Promise<Ended> {
  if (signal.aborted) throw tryAgain("stopped", "told to stop");
  const child = spawn(process.execPath, [call.program, ...call.args], { env: { ...call.environment }, stdio: ["ignore", "pipe", "pipe"] });
  let killer: NodeJS.Timeout | undefined;
  const end = () => {
    child.kill("SIGTERM");
    killer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
  };
  signal.addEventListener("abort", end, { once: true });
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", onLine);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exitCode, endedBy) => resolve({ exitCode, signal: endedBy }));
    });
  } finally {
    clearTimeout(killer);
    signal.removeEventListener("abort", end);
  }
}
