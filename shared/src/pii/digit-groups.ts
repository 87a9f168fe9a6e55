/** Questions about runs of digits that stand beside each other. */
import type { DigitRuns } from "./subject.js";

export const runLength = (runs: DigitRuns, run: number): number => runs.ends[run]! - runs.starts[run]!;

/** Does exactly this separator stand between a run and the next? */
export function isJoined(text: string, runs: DigitRuns, run: number, separator: string): boolean {
  if (run < 0 || run + 1 >= runs.count) return false;
  const from = runs.ends[run]!;
  return runs.starts[run + 1]! === from + separator.length && text.startsWith(separator, from);
}
