/** Mergeable counts: what each batch measured, so that a run's figures are sums over its manifests and no record is read twice. */

/** A name with a number, or with a histogram (bucket -> count). */
export type Metrics = Record<string, number | Record<string, number>>;

export class MetricCounter {
  private readonly numbers = new Map<string, number>();
  private readonly histograms = new Map<string, Map<string, number>>();

  add(name: string, amount = 1): void {
    this.numbers.set(name, (this.numbers.get(name) ?? 0) + amount);
  }

  addTo(name: string, bucket: string | number, amount = 1): void {
    const histogram = this.histograms.get(name) ?? new Map<string, number>();
    this.histograms.set(name, histogram);
    const key = String(bucket);
    histogram.set(key, (histogram.get(key) ?? 0) + amount);
  }

  /** Adds another batch's figures to these. */
  merge(metrics: Metrics): void {
    for (const [name, value] of Object.entries(metrics)) {
      if (typeof value === "number") this.add(name, value);
      else for (const [bucket, amount] of Object.entries(value)) this.addTo(name, bucket, amount);
    }
  }

  /** Plain JSON in sorted order, so that equal figures are equal text. */
  toMetrics(): Metrics {
    const entries: [string, number | Record<string, number>][] = [...this.numbers];
    for (const [name, histogram] of this.histograms) entries.push([name, Object.fromEntries([...histogram].sort(byText))]);
    return Object.fromEntries(entries.sort(byText));
  }
}

function byText([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The histogram of that name, empty where nothing was counted. */
export function histogramOf(metrics: Metrics, name: string): Record<string, number> {
  const value = metrics[name];
  return typeof value === "object" ? value : {};
}

export interface Distribution {
  readonly count: number;
  readonly total: number;
  readonly mean: number;
  readonly median: number;
  readonly p5: number;
  readonly p95: number;
  readonly min: number;
  readonly max: number;
}

/** The distribution behind a histogram whose buckets are numbers; percentiles by nearest rank. Null where nothing was counted. */
export function distributionOf(histogram: Record<string, number>): Distribution | null {
  const buckets = Object.entries(histogram).map(([value, count]) => ({ value: Number(value), count }));
  buckets.sort((a, b) => a.value - b.value);
  const count = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  if (count === 0) return null;
  const total = buckets.reduce((sum, bucket) => sum + bucket.value * bucket.count, 0);
  const rank = (share: number): number => {
    let left = Math.max(1, Math.ceil(share * count));
    for (const bucket of buckets) {
      left -= bucket.count;
      if (left <= 0) return bucket.value;
    }
    return buckets.at(-1)!.value;
  };
  const min = buckets[0]!.value;
  return { count, total, mean: total / count, median: rank(0.5), p5: rank(0.05), p95: rank(0.95), min, max: buckets.at(-1)!.value };
}

/** A value rounded to two significant digits: fine enough to see where a threshold cuts, coarse enough to count. */
export function bucketOf(value: number): number {
  return Number(value.toPrecision(2));
}
