/** Exact histograms (value -> count) to the bars of a chart: equal widths, none left out, so that a gap is seen as a gap. */
import type { Histogram } from "./report-schema.js";

interface Scale {
  readonly from: number;
  readonly to: number;
  readonly bars: number;
}

/** Tokens from 1 to the budget in sixteen bars; the last ends with the budget itself. */
export function tokenBars(counts: Readonly<Record<string, number>>, maxTokens: number): Histogram {
  const width = Math.ceil(maxTokens / 16);
  return barsOf(counts, { from: 1, to: maxTokens + 1, bars: Math.ceil(maxTokens / width) }, width);
}

/** Shares and scores from 0 to 1 in bars of 0.05. */
export function shareBars(counts: Readonly<Record<string, number>>): Histogram {
  return barsOf(counts, { from: 0, to: 1, bars: 20 }, 0.05);
}

function barsOf(counts: Readonly<Record<string, number>>, { from, to, bars }: Scale, width: number): Histogram {
  const edge = (index: number): number => Math.min(to, Math.round((from + index * width) * 100) / 100);
  const histogram = Array.from({ length: bars }, (_, index) => ({ from: edge(index), to: edge(index + 1), count: 0 }));
  for (const [value, count] of Object.entries(counts)) {
    // Shares come rounded to 0.01: without the nudge 0.15 / 0.05 would fall one bar too low.
    const index = Math.floor((Number(value) - from) / width + 1e-9);
    histogram[Math.min(bars - 1, Math.max(0, index))]!.count += count;
  }
  return histogram;
}
