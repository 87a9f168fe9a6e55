// Writes the generated sections of README.md from what they describe: `node scripts/readme.mjs`; with --check it only says which are stale.
import { readFileSync, writeFileSync } from "node:fs";
import { reportBody } from "@pipeline/lineage/report/render/markdown";
import { reportSchema } from "@pipeline/lineage/report/report-schema";
import { QUERIES } from "@pipeline/shared/postgres/queries";
import { loadRecipe } from "@pipeline/shared/recipe";
import { rulesTableOf, scoreTableOf } from "@pipeline/shared/recipe-table";

const recipe = loadRecipe("default");
const queries = QUERIES.map(({ question, parameters, sql }) => {
  const given = parameters.map((name, at) => `$${at + 1} ${name}`).join(", ");
  return `${question} (${given})\n\n\`\`\`sql${sql}\n\`\`\`\n`;
});

const sample = readFileSync(new URL("../tests/golden/sample-report.json", import.meta.url), "utf8");
const report = reportSchema.parse(JSON.parse(sample));

/** Name of a section, as in `<!-- begin rules -->` -> its Markdown. */
const sections = { rules: rulesTableOf(recipe), score: scoreTableOf(recipe), queries: queries.join("\n"), quality: reportBody(report, 3) };

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
