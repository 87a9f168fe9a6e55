/** Counts of what became of each record: nothing may disappear, so what came in equals what was kept, dropped, failed or superseded. */

export interface Counts {
  readonly in: number;
  readonly kept: number;
  /** Reason -> how many. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Code -> how many. */
  readonly failed: Readonly<Record<string, number>>;
  readonly superseded: number;
}

export const NO_COUNTS: Counts = { in: 0, kept: 0, dropped: {}, failed: {}, superseded: 0 };

/** Counts one kind of record (documents, chunks) as a task decides about it. */
export class Tally {
  private received = 0;
  private kept = 0;
  private superseded = 0;
  private readonly dropped = new Map<string, number>();
  private readonly failed = new Map<string, number>();

  /** A record came in; exactly one of the calls below must follow for it. */
  receive(count = 1): void {
    this.received += count;
  }

  keep(count = 1): void {
    this.kept += count;
  }

  drop(reason: string, count = 1): void {
    this.dropped.set(reason, (this.dropped.get(reason) ?? 0) + count);
  }

  fail(code: string, count = 1): void {
    this.failed.set(code, (this.failed.get(code) ?? 0) + count);
  }

  /** A newer run had already replaced it. */
  supersede(count = 1): void {
    this.superseded += count;
  }

  /** The counts so far, names in order, so that equal counts are equal JSON. */
  toCounts(): Counts {
    const { received, kept, superseded } = this;
    return { in: received, kept, dropped: ordered(this.dropped), failed: ordered(this.failed), superseded };
  }
}

function ordered(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** All counts of a record together, whatever their names. */
export function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** How many records have an outcome; equals `in` when nothing was lost and nothing counted twice. */
export function outcomesOf({ kept, dropped, failed, superseded }: Counts): number {
  return kept + sumOf(dropped) + sumOf(failed) + superseded;
}

/** What does not add up, in words; null when it does. */
export function imbalanceOf(kind: string, counts: Counts): string | null {
  const outcomes = outcomesOf(counts);
  return outcomes === counts.in ? null : `${kind}: ${counts.in} came in, but ${outcomes} were kept, dropped, failed or superseded`;
}

/** The counts of two batches together. */
export function addCounts(a: Counts, b: Counts): Counts {
  return {
    in: a.in + b.in,
    kept: a.kept + b.kept,
    dropped: addByName(a.dropped, b.dropped),
    failed: addByName(a.failed, b.failed),
    superseded: a.superseded + b.superseded,
  };
}

function addByName(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> {
  const names = new Map(Object.entries(a));
  for (const [name, count] of Object.entries(b)) names.set(name, (names.get(name) ?? 0) + count);
  return ordered(names);
}
