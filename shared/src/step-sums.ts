/** A finished step against what it read and wrote: nothing lost, nothing twice. */
import { invalidData } from "./errors.js";
import { type Manifest, recordsOf } from "./manifest.js";
import { refuseImbalance } from "./read-manifest.js";
import { outcomesOf } from "./tally.js";

export type Kind = "documents" | "chunks";

export interface StepSums {
  /** Kind -> the input part whose records the step must account for, every one. */
  readonly receives: Partial<Record<Kind, string>>;
  /** Kind -> the output part that holds exactly what was kept. */
  readonly keeps: Partial<Record<Kind, string>>;
}

/** A batch below this many records may lose nearly all of them by chance. */
const LIMITED_FROM = 100;

/** Throws 65 (`unbalanced`) when the sums do not hold within the step, against the part that it read, or against the part that it wrote. */
export function refuseWrongSums(definition: StepSums, input: Manifest, made: Manifest): void {
  refuseImbalance(`${made.task} ${made.batchId}`, made.counts);
  for (const [kind, name] of Object.entries(definition.receives) as [Kind, string][])
    refuseDifference(`${kind} received`, made.counts[kind].in, `records of ${name}`, recordsOf(input, name));
  for (const [kind, name] of Object.entries(definition.keeps) as [Kind, string][])
    refuseDifference(`${kind} kept`, made.counts[kind].kept, `records of ${name}`, recordsOf(made, name));
}

function refuseDifference(what: string, is: number, other: string, expected: number): void {
  if (is !== expected) throw invalidData("unbalanced", `${what}: ${is}, but ${other}: ${expected}`);
}

/** Throws 65 (`removal_limit`) when a batch of many records loses more than that share of them. */
export function refuseRemovals(limit: number | null, kind: Kind, { counts }: Manifest): void {
  const { in: received, kept } = counts[kind];
  if (limit === null || received < LIMITED_FROM) return;
  const lost = (outcomesOf(counts[kind]) - kept) / received;
  if (lost > limit)
    throw invalidData(
      "removal_limit",
      `${kind}: ${received - kept} of ${received} lost (${lost.toFixed(3)}), more than limits.batch allows (${limit})`,
    );
}
