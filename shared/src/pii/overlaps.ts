/** Overlapping spans to disjoint ones: the longest stays, then the likeliest, then the first. */
import type { Candidate } from "./candidate.js";

/** The spans that remain, ascending. What is found inside an unlikely longer span (digits of a message id) goes with it. */
export function resolveOverlaps<T extends Candidate>(spans: readonly T[]): T[] {
  const ascending = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
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
