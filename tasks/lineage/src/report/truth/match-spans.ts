/** Planted and found personal data, matched by type and overlap: what was found, what was missed, what was found where nothing is. */
import type { PlantedSpan } from "@pipeline/shared/truth";

export interface SpanMatch {
  readonly found: readonly PlantedSpan[];
  readonly matched: readonly PlantedSpan[];
  readonly missed: readonly PlantedSpan[];
  /** False positives. */
  readonly extra: readonly PlantedSpan[];
}

/** Compares them. A value that a chunk border or an overlap shows twice counts once. */
export function matchSpans(planted: readonly PlantedSpan[], seen: readonly PlantedSpan[]): SpanMatch {
  const found = mergedByPlanted(planted, unique(seen));
  const isMet = (span: PlantedSpan, others: readonly PlantedSpan[]): boolean => others.some((other) => overlap(span, other));
  return {
    found,
    matched: planted.filter((span) => isMet(span, found)),
    missed: planted.filter((span) => !isMet(span, found)),
    extra: found.filter((span) => !isMet(span, planted)),
  };
}

function overlap(a: PlantedSpan, b: PlantedSpan): boolean {
  return a.type === b.type && a.start < b.end && b.start < a.end;
}

function unique(spans: readonly PlantedSpan[]): PlantedSpan[] {
  return [...new Map(spans.map((span) => [`${span.type} ${span.start} ${span.end}`, span])).values()];
}

/** Two halves of one planted value, cut by a border, are one find. */
function mergedByPlanted(planted: readonly PlantedSpan[], found: readonly PlantedSpan[]): PlantedSpan[] {
  const owners = new Set<PlantedSpan>();
  return found.filter((span) => {
    const owner = planted.find((candidate) => overlap(candidate, span));
    if (!owner) return true;
    if (owners.has(owner)) return false;
    owners.add(owner);
    return true;
  });
}
