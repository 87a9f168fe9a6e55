/** Overlapping spans to disjoint ones: the longest stays, then the likeliest, then the first. */
import type { Candidate } from "./candidate.js";

const byStart = (a: Candidate, b: Candidate): number => a.start - b.start || b.end - a.end;

/** The spans that do not lie inside a longer one of `covers`. */
export function outside<T extends Candidate>(spans: readonly T[], covers: readonly Candidate[]): T[] {
  if (covers.length === 0) return [...spans];
  const ascending = [...covers].sort(byStart);
  let next = 0;
  let reach = 0; // how far the covers go that begin before the span
  return [...spans].sort(byStart).filter(({ start, end }) => {
    while (next < ascending.length && ascending[next]!.start < start) reach = Math.max(reach, ascending[next++]!.end);
    const sameStart = ascending[next]?.start === start ? ascending[next]!.end : 0; // the longest one comes first
    return reach < end && sameStart <= end;
  });
}

/** The spans that remain, ascending. */
export function resolveOverlaps<T extends Candidate>(spans: readonly T[]): T[] {
  const ascending = [...spans].sort(byStart);
  const kept: T[] = [];
  let cluster: T[] = [];
  let clusterEnd = 0;
  for (const span of ascending) {
    if (span.start >= clusterEnd) {
      kept.push(...bestOf(cluster));
      cluster = [];
    }
    cluster.push(span);
    clusterEnd = Math.max(clusterEnd, span.end);
  }
  return [...kept, ...bestOf(cluster)];
}

/** Of spans that hang together, the best one and whatever does not touch a better one. */
function bestOf<T extends Candidate>(cluster: T[]): T[] {
  if (cluster.length < 2) return cluster;
  const origin = cluster[0]!.start;
  const taken = new Uint8Array(cluster.reduce((end, span) => Math.max(end, span.end), origin) - origin);
  const best = [...cluster].sort((a, b) => b.end - b.start - (a.end - a.start) || b.score - a.score || a.start - b.start);
  const kept = best.filter(({ start, end }) => {
    // whatever was kept before is at least as long, so it cannot lie strictly inside
    if (taken[start - origin] || taken[end - 1 - origin]) return false;
    taken.fill(1, start - origin, end - origin);
    return true;
  });
  return kept.sort((a, b) => a.start - b.start);
}

/** The spans that touch none of `others`, which are ascending and apart from each other. */
export function apartFrom<T extends Candidate>(spans: readonly T[], others: readonly Candidate[]): T[] {
  if (others.length === 0) return [...spans];
  let next = 0;
  return [...spans].sort(byStart).filter(({ start, end }) => {
    while (next < others.length && others[next]!.end <= start) next++;
    return next === others.length || others[next]!.start >= end;
  });
}
