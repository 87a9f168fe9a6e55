/** Refused records to the few examples that a report shows: masked to their shape, at most five for a reason and batch. */
import type { ExampleRecord } from "./records.js";
import { shapeOf } from "./shape-of.js";
import type { DropReason } from "./verdict.js";

const PER_REASON = 5;
/** More than a shape shows, less than a page: the rest of a long text need not be copied. */
const BEGINNING = 400;

export class ExampleCollector {
  private readonly examples: ExampleRecord[] = [];
  private readonly seen = new Map<string, number>();

  constructor(private readonly level: ExampleRecord["level"]) {}

  /** Takes note of a refused record, while there is room for its reason. */
  add({ reason, value, threshold }: DropReason, path: string, text: string): void {
    const seen = this.seen.get(reason) ?? 0;
    if (seen === PER_REASON) return;
    this.seen.set(reason, seen + 1);
    this.examples.push({ level: this.level, reason, path, value, threshold, shape: shapeOf(text.slice(0, BEGINNING)) });
  }

  toRecords(): readonly ExampleRecord[] {
    return this.examples;
  }
}
