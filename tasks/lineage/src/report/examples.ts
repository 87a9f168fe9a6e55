/** The examples that tasks kept of what they refused, a few per reason: enough to see why, masked so that nobody sees what. */
import type { ExampleRecord } from "@pipeline/shared/records";
import type { Report } from "./report-schema.js";

const PER_REASON = 5;

/** At most five per reason, the same ones in whatever order batches come: the first by path, and only one of each path while others are left. */
export function examplesOf(examples: readonly ExampleRecord[]): Report["examples"] {
  const reasons = [...new Set(examples.map(({ reason }) => reason))].sort();
  return Object.fromEntries(reasons.map((reason) => [reason, fewOf(examples.filter((example) => example.reason === reason))]));
}

function fewOf(examples: readonly ExampleRecord[]): Report["examples"][string] {
  const sorted = [...examples].sort((a, b) => compare(a.path, b.path) || compare(a.shape, b.shape));
  const firsts = sorted.filter(({ path }, index) => path !== sorted[index - 1]?.path);
  const others = sorted.filter((example) => !firsts.includes(example));
  return [...firsts, ...others].slice(0, PER_REASON).map(({ path, value, threshold, shape }) => ({ path, value, threshold, shape }));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
