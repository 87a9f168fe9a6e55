/** The report in Markdown, short enough for a README: what was kept, what was lost and why, what the chunks are like. */
import { sumOf } from "@pipeline/shared/tally";
import { visible } from "@pipeline/shared/text/visible";
import type { Report } from "../report-schema.js";
import { counted, duration, languageName, number, percent, ranked, share } from "./format.js";
import { sentenceOf, shownImbalances } from "./headline.js";
import { featuresInOrder, truthSentence } from "./truth.js";

/** report.md. */
export function reportMarkdown(report: Report): string {
  return `# Data quality of ${cell(report.dataset)}\n\n${reportBody(report, 2)}`;
}

/** All but the title, with headings from `level`, to stand below a heading of the page that takes it in. */
export function reportBody(report: Report, level: number): string {
  const heading = `${"#".repeat(level)} `;
  const blocks = [
    sentenceOf(report),
    imbalanceList(report),
    totals(report),
    `${heading}What was lost, and why`,
    losses(report),
    `${heading}Personal data`,
    personalData(report),
    `${heading}What the text is like`,
    textFacts(report),
    ...(report.truth ? [`${heading}Scored against the planted truth`, truthSentence(report.truth), truthTable(report.truth)] : []),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/** A Markdown table; all cells are text. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

/** Text that cannot end its cell, start markup or act on a terminal. */
export function cell(text: string): string {
  return visible(text)
    .replace(/[\\|`*<[]|(?<!\w)_|_(?!\w)/g, "\\$&")
    .replace(/\s+/g, " ");
}

/** Text as it stands, in a code span that it cannot end. */
export function code(text: string): string {
  return `\`${visible(text).replace(/[`|]/g, "'").replace(/\s+/g, " ")}\``;
}

function imbalanceList(report: Report): string {
  return shownImbalances(report)
    .map((text) => `- **Does not add up:** ${cell(text)}`)
    .join("\n");
}

function totals(report: Report): string {
  const { documents, chunks, tokens, quality } = report;
  const row = (kind: string, counts: Report["documents"]): string[] => [
    kind,
    number(counts.in),
    `${number(counts.kept)} (${percent(counts.kept, counts.in)})`,
    `${number(sumOf(counts.dropped))} (${percent(sumOf(counts.dropped), counts.in)})`,
    number(sumOf(counts.failed)),
  ];
  const facts = [
    tokens &&
      `**Tokens per accepted chunk** (budget ${number(report.maxTokens)}, ${report.tokenizer}): mean ${number(Math.round(tokens.mean))}, median ${number(tokens.median)}, p5 ${number(tokens.p5)}, p95 ${number(tokens.p95)}, largest ${number(tokens.max)}; ${number(tokens.total)} in all.`,
    quality && `**Quality score** (0 to 1): median ${share(quality.median)}, p5 ${share(quality.p5)}, p95 ${share(quality.p95)}.`,
  ].filter((fact) => fact !== null);
  return [table(["", "in", "kept", "dropped", "failed"], [row("documents", documents), row("chunks", chunks)]), ...facts].join("\n\n");
}

function losses({ documents, chunks, rules }: Report): string {
  const limits = new Map(rules.map(({ name, limit }) => [name, limit]));
  const rowsOf = (kind: string, counts: Report["documents"]): string[][] => [
    ...ranked(counts.dropped).map(([reason, count]) => [
      kind,
      code(reason),
      number(count),
      percent(count, counts.in),
      cell(limits.get(reason) ?? ""),
    ]),
    ...ranked(counts.failed).map(([reason, count]) => [kind, code(reason), number(count), percent(count, counts.in), "failed"]),
  ];
  const rows = [...rowsOf("document", documents), ...rowsOf("chunk", chunks)];
  return rows.length === 0 ? "Nothing." : table(["level", "reason", "lost", "share", "when"], rows);
}

function personalData({ pii, piiChunks, chunks, truth }: Report): string {
  const scores = new Map(truth?.pii.map((score) => [score.type, score]));
  const scored = (type: string): string[] => (truth ? [share(scores.get(type)?.precision), share(scores.get(type)?.recall)] : []);
  const rows = ranked(pii).map(([type, count]) => [code(type), number(count), ...scored(type)]);
  const sentence = `${counted(piiChunks, "accepted chunk")} of ${number(chunks.kept)} hold personal data; values are never stored beside the text. Names and postal addresses are not detected.`;
  if (rows.length === 0) return sentence;
  return `${sentence}\n\n${table(["type", "found", ...(truth ? ["precision", "recall"] : [])], rows)}`;
}

function textFacts({ languages, encodings, repairedDocuments, duplicates, seconds, megabytesPerSecond, codeVersions }: Report): string {
  const list = (counts: Readonly<Record<string, number>>, nameOf: (name: string) => string): string =>
    ranked(counts)
      .slice(0, 8)
      .map(([name, count]) => `${nameOf(name)} ${number(count)}`)
      .join(", ") + (Object.keys(counts).length > 8 ? ` and ${Object.keys(counts).length - 8} more` : "");
  const near = duplicates.near === null ? "near-duplicates not yet covered" : `${number(duplicates.near)} near`;
  const facts = [
    ["languages", list(languages, languageName)],
    ["encodings", list(encodings, code)],
    ["documents repaired, by step", list(repairedDocuments, code)],
    ["duplicates", `${number(duplicates.exact)} exact, ${near}`],
    ...(Object.keys(codeVersions).length > 0 && seconds > 0 ? [["time", `${duration(seconds)}, ${number(megabytesPerSecond)} MB/s`]] : []),
  ];
  return table(["", ""], facts.filter(([, text]) => text !== "") as string[][]);
}

/** Folded: forty lines that most readers need not see. */
function truthTable(truth: NonNullable<Report["truth"]>): string {
  const rows = featuresInOrder(truth).map(({ feature, shows, status, right, files }) => [
    code(feature),
    cell(shows),
    status === "not yet covered" ? number(files) : `${number(right)} / ${number(files)}`,
    status === "fail" ? "**fail**" : status,
  ]);
  return `<details>\n<summary>Every kind</summary>\n\n${table(["planted", "shows that", "right", ""], rows)}\n\n</details>`;
}
