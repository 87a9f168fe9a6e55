/** Counts to charts in plain SVG: places in per cent, so that they fill any width and their text keeps its size. */
import type { Histogram } from "../report-schema.js";
import { number, percent } from "./format.js";
import { type Content, type Html, html } from "./html.js";

export interface Bar {
  readonly name: Content;
  readonly count: number;
  readonly tone?: "lost" | "failed" | "muted";
}

/** Names, bars and counts as a table: a reader without pictures loses nothing. `whole` is what the shares are of. */
export function barList(bars: readonly Bar[], whole: number, caption: string): Html {
  if (bars.length === 0) return html`<p class="none">None.</p>`;
  const longest = Math.max(...bars.map(({ count }) => count), 1);
  const rows = bars.map(
    ({ name, count, tone }) => html`<tr><th scope="row">${name}</th>
<td class="track"><svg aria-hidden="true" width="100%" height="12"><rect class="bar ${tone ?? ""}" width="${widthOf(count, longest)}%" height="12" rx="3"/></svg></td>
<td class="num">${number(count)}</td><td class="num soft">${percent(count, whole)}</td></tr>`,
  );
  return html`<table class="bars"><caption>${caption}</caption><tbody>${rows}</tbody></table>`;
}

/** A count that is not zero is seen, however small its share. */
function widthOf(count: number, longest: number): number {
  return count === 0 ? 0 : Math.max(0.8, rounded((100 * count) / longest));
}

export interface Stage {
  readonly name: string;
  readonly count: number;
  readonly of: number;
  readonly note: string;
}

/** Stages one under the other: what is left of the whole is solid, what was lost is pale. */
export function funnel(stages: readonly Stage[]): Html {
  const rows = stages.map(
    ({ name, count, of, note }) => html`<tr><th scope="row">${name}</th>
<td class="track"><svg aria-hidden="true" width="100%" height="28"><rect class="lost-part" width="100%" height="28" rx="5"/><rect class="bar" width="${of === 0 ? 0 : rounded((100 * count) / of)}%" height="28" rx="5"/></svg></td>
<td class="num strong">${number(count)}</td><td class="soft note">${note}</td></tr>`,
  );
  return html`<table class="bars funnel"><caption>What is left after each step</caption><tbody>${rows}</tbody></table>`;
}

export interface Mark {
  readonly at: number;
  readonly text: string;
  readonly kind: "limit" | "middle";
}

const HEIGHT = 190;
const TOP = 34; // room for the labels of the marks
const BASE = HEIGHT - 22; // room for the axis
const LEFT = 1; // per cent, so that the first and last bar do not touch the edge
const WIDTH = 98;

/** A histogram as columns, with marks (a limit, the median) as lines across. `describe` names a column for tooltips. */
export function columns(
  bars: Histogram,
  marks: readonly Mark[],
  ticks: readonly number[],
  label: string,
  describe: (bar: Histogram[number]) => string,
): Html {
  const [from, to] = [bars[0]!.from, bars.at(-1)!.to];
  const x = (value: number): number => rounded(LEFT + (WIDTH * (value - from)) / (to - from));
  const tallest = Math.max(...bars.map(({ count }) => count), 1);
  const rects = bars.map((bar) => {
    const height = bar.count === 0 ? 0 : Math.max(1.5, rounded(((BASE - TOP) * bar.count) / tallest));
    return html`<rect class="bar" x="${x(bar.from)}%" y="${rounded(BASE - height)}" width="${rounded(x(bar.to) - x(bar.from) - 0.4)}%" height="${height}" rx="2"><title>${describe(bar)}</title></rect>`;
  });
  const axis = ticks.map(
    (tick) => html`<text class="tick" x="${x(tick)}%" y="${HEIGHT - 5}" text-anchor="${anchorOf(x(tick))}">${number(tick)}</text>`,
  );
  return html`<svg class="columns" role="img" aria-label="${label}" width="100%" height="${HEIGHT}">
<line class="axis" x1="${LEFT}%" x2="${LEFT + WIDTH}%" y1="${BASE + 0.5}" y2="${BASE + 0.5}"/>${rects}${marks.map((mark, row) => markOf(mark, x(mark.at), row))}${axis}</svg>`;
}

/** Each mark has a line of its own for its label, so that two that lie close stay readable. */
function markOf({ text, kind }: Mark, x: number, row: number): Html {
  const y = 11 + row * 15;
  const anchor = x > 50 ? "end" : "start";
  return html`<line class="mark ${kind}" x1="${x}%" x2="${x}%" y1="${y + 4}" y2="${BASE}"/><text class="mark-text ${kind}" x="${x}%" y="${y}" text-anchor="${anchor}">${text}</text>`;
}

function anchorOf(x: number): string {
  if (x < 5) return "start";
  return x > 95 ? "end" : "middle";
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
