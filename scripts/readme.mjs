// Writes the generated sections of README.md from what they describe: `node scripts/readme.mjs`; with --check it only says which are stale.
import { readFileSync, writeFileSync } from "node:fs";
import { reportBody } from "@pipeline/lineage/report/render/markdown";
import { reportSchema } from "@pipeline/lineage/report/report-schema";
import { QUERIES } from "@pipeline/shared/postgres/queries";
import { loadRecipe } from "@pipeline/shared/recipe";
import { rulesTableOf, scoreTableOf } from "@pipeline/shared/recipe-table";
import { stackTable } from "./stack-table.mjs";

const recipe = loadRecipe("default");

/** A question with its SQL; of answers that come in pages, also what the last parameters are at first. */
function queryOf({ question, parameters, firstPage = [], sql }) {
  const shown = firstPage.map((value) => (typeof value === "string" ? `'${value}'` : String(value)));
  const first = (at) => shown[at - (parameters.length - shown.length)];
  const given = parameters.map((name, at) => `$${at + 1} ${name}${first(at) ? `, at first ${first(at)}` : ""}`).join("; ");
  return `${question}${given && ` (${given})`}\n\n\`\`\`sql${sql}\n\`\`\`\n`;
}
const queriesOf = (isBasic) => QUERIES.filter((query) => Boolean(query.isBasic) === isBasic).map(queryOf);
const others = queriesOf(false);
const queries = [
  ...queriesOf(true),
  `<details>\n<summary>${others.length} more: personal data, provenance, losses, distributions, runs, sums</summary>\n`,
  ...others,
  "</details>",
];

const sample = readFileSync(new URL("../tests/golden/sample-report.json", import.meta.url), "utf8");
const report = reportSchema.parse(JSON.parse(sample));

/** Name of a section, as in `<!-- begin rules -->` -> its Markdown. */
const sections = {
  rules: rulesTableOf(recipe),
  score: scoreTableOf(recipe),
  queries: queries.join("\n"),
  quality: reportBody(report, 3),
  stack: stackTable(),
};

const file = new URL("../README.md", import.meta.url);
const before = readFileSync(file, "utf8");
let after = before;
for (const [name, content] of Object.entries(sections)) {
  const place = new RegExp(`(<!-- begin ${name} -->\n)[\\s\\S]*?(<!-- end ${name} -->)`);
  if (!place.test(after)) throw new Error(`README.md has no section ${name}`);
  const fresh = after.replace(place, (_, begin, end) => `${begin}\n${content.trim()}\n\n${end}`);
  if (fresh !== after) console.log(`${name}: ${process.argv.includes("--check") ? "stale" : "written"}`);
  after = fresh;
}
if (process.argv.includes("--check")) process.exitCode = after === before ? 0 : 1;
else writeFileSync(file, after);
