/** A report to the lines that end a run on the terminal: what came in, what became of it, and whether it adds up. */
import { number, percent, ranked } from "@pipeline/lineage/report/render/format";
import type { Report } from "@pipeline/lineage/report/report-schema";
import { sumOf } from "@pipeline/shared/tally";

type Tally = Report["documents"];

/** Names with their counts, the most frequent first. */
function listed(counts: Readonly<Record<string, number>>): string {
  return ranked(counts)
    .map(([name, count]) => `${name} ${number(count)}`)
    .join(" · ");
}

function line(label: string, text: string): string {
  return `  ${label.padEnd(11)}${text}`;
}

function outcomes(kind: string, kept: string, tally: Tally): string[] {
  const [dropped, failed] = [sumOf(tally.dropped), sumOf(tally.failed)];
  const lines = [line(kind, `${number(tally.in)} in, ${number(tally.kept)} ${kept} (${percent(tally.kept, tally.in)})`)];
  if (dropped > 0) lines.push(line("", `${number(dropped)} dropped: ${listed(tally.dropped)}`));
  if (failed > 0) lines.push(line("", `${number(failed)} failed: ${listed(tally.failed)}`));
  if (tally.superseded > 0) lines.push(line("", `${number(tally.superseded)} superseded by a newer run`));
  return lines;
}

/** The funnel, top to bottom. */
export function funnelOf(report: Report): string[] {
  const { tokens, pii, duplicates } = report;
  const found = sumOf(pii);
  return [
    ...outcomes("documents", "kept", report.documents),
    ...outcomes("chunks", "accepted", report.chunks),
    ...(tokens ? [line("tokens", tokensLine(tokens))] : []),
    line("PII", found === 0 ? "none found" : `${number(found)} found in ${number(report.piiChunks)} chunks: ${listed(pii)}`),
    line(
      "duplicates",
      `${number(duplicates.exact)} exact, ${duplicates.near === null ? "near not yet covered" : `${number(duplicates.near)} near`}`,
    ),
    ...(report.neverFired.length > 0
      ? [line("rules", `never fired (nothing of that kind was there, or a name is misspelt): ${report.neverFired.join(" · ")}`)]
      : []),
    ...(report.truth ? truthLines(report.truth) : []),
    line("sums", report.balanced ? "every document and every chunk is accounted for" : `DO NOT ADD UP: ${report.imbalances.join("; ")}`),
  ];
}

function tokensLine({ total, mean, median, p5, p95, max }: NonNullable<Report["tokens"]>): string {
  const rounded = [mean, median, p5, p95].map((value) => number(Math.round(value)));
  return `${number(total)}; a chunk has ${rounded[0]} on average, median ${rounded[1]}, p5 ${rounded[2]}, p95 ${rounded[3]}, at most ${number(max)}`;
}

/** Only with the sample: how much of what was planted came out as planted. */
function truthLines({ features }: NonNullable<Report["truth"]>): string[] {
  const named = (status: string) => features.filter((feature) => feature.status === status).map(({ feature }) => feature);
  const [right, wrong, later] = ["pass", "fail", "not yet covered"].map(named) as [string[], string[], string[]];
  const lines = [line("planted", `${right.length} of ${right.length + wrong.length} kinds of defects and controls came out as planted`)];
  if (wrong.length > 0) lines.push(line("", `not as planted: ${wrong.join(" · ")}`));
  if (later.length > 0) lines.push(line("", `not yet covered: ${later.join(" · ")}`));
  return lines;
}
