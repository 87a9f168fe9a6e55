/** The report as a data card: Hugging Face front matter, then what a user of the chunks must know before training on them. */
import type { Report } from "../report-schema.js";
import { moment, number, ranked } from "./format.js";
import { cell, code, reportBody, table } from "./markdown.js";

/** datacard.md. Says nothing about licence or names of sources that the pipeline cannot know. */
export function dataCard(report: Report): string {
  return [
    frontMatter(report),
    `# ${cell(report.dataset)}`,
    `Chunks of at most ${number(report.maxTokens)} tokens (${report.tokenizer}) cut from text files, cleaned, judged and scored by recipe ${code(report.recipe.name)} on ${moment(report.finishedAt)}.`,
    "## Fields",
    table(["field", "meaning"], FIELDS),
    "## Known limits",
    LIMITS.map((limit) => `- ${limit}`).join("\n"),
    "## Figures",
    reportBody({ ...report, truth: null }, 3).trimEnd(),
    "## Rules",
    table(
      ["rule", "drops when", "because"],
      report.rules.map(({ name, limit, because }) => [code(name), cell(limit), cell(because)]),
    ),
    "## Provenance",
    table(
      ["", ""],
      [
        ["source", cell(report.source)],
        ["partition", report.partition ?? "whole source"],
        ["run", code(report.runId)],
        ["recipe", code(report.recipe.sha256)],
        ...Object.entries(report.codeVersions).map(([task, version]) => [`code of ${cell(task)}`, code(version)]),
      ],
    ),
    "",
  ].join("\n\n");
}

const FIELDS = [
  ["`text`", "the chunk, exactly as counted"],
  ["`file_name`, `document_id`, `ordinal`", "which document it was cut from, and where in it"],
  ["`token_count`, `tokenizer`", "its size, counted on the stored text"],
  ["`quality_score`, `quality`", "0 to 1, and the components that it is made of"],
  ["`has_pii`, `pii`", "types and places of personal data found, never the values"],
  ["`byte_start`, `byte_end`", "where it stands in the raw file"],
] as const;

const LIMITS = [
  "Personal data is found by form and check digits (payment cards, IBAN, social security, national and tax numbers, e-mail, telephone, IP, hardware and wallet addresses, passwords in URLs, keys and tokens): names, postal addresses and anything written out in words are not detected.",
  "The licence of the sources is not known to the pipeline; whoever publishes the dataset must state it.",
  "Languages are detected by machine: short texts are `und`; a language outside the detector's sixty mostly too, but may be taken for a relative.",
  "The quality score measures form, not truth: it says nothing about whether a text is right or harmless.",
] as const;

function frontMatter(report: Report): string {
  const languages = ranked(report.languages).filter(([code]) => /^[a-z]{2,3}$/.test(code) && code !== "und");
  const lines = [
    "---",
    `pretty_name: ${JSON.stringify(report.dataset)}`,
    "license: unknown",
    ...(languages.length > 0 ? ["language:", ...languages.map(([code]) => `  - "${code}"`)] : []), // quoted: no is false in YAML 1.1
    "size_categories:",
    `  - "${sizeCategory(report.chunks.kept)}"`,
    "task_categories:",
    "  - text-generation",
    "annotations_creators:",
    "  - machine-generated",
    "---",
  ];
  return lines.join("\n");
}

const SIZES = [
  [1e3, "n<1K"],
  [1e4, "1K<n<10K"],
  [1e5, "10K<n<100K"],
  [1e6, "100K<n<1M"],
  [1e7, "1M<n<10M"],
  [1e8, "10M<n<100M"],
  [1e9, "100M<n<1B"],
] as const;

/** The hub's words for how many rows there are. */
function sizeCategory(rows: number): string {
  return SIZES.find(([limit]) => rows < limit)?.[1] ?? "n>1B";
}
