// Keeps the report of a run over the sample as the one that README.md shows: `node scripts/sample-report.mjs out/report.json`, then
// `node scripts/readme.mjs`. With --check it only says whether the kept one is still what a run gives, and where they differ.
import { readFileSync, writeFileSync } from "node:fs";
import { reportSchema } from "@pipeline/lineage/report/report-schema";
import { stableReport } from "@pipeline/lineage/report/stable-report";

const [path] = process.argv.slice(2).filter((word) => !word.startsWith("--"));
if (!path) throw new Error("expected the report.json of a run over the sample");
const kept = new URL("../tests/golden/sample-report.json", import.meta.url);
const fresh = stableReport(reportSchema.parse(JSON.parse(readFileSync(path, "utf8"))));

if (!process.argv.includes("--check")) writeFileSync(kept, `${JSON.stringify(fresh, null, 2)}\n`);
else {
  const differences = differencesBetween(JSON.parse(readFileSync(kept, "utf8")), JSON.parse(JSON.stringify(fresh)));
  for (const difference of differences.slice(0, 20)) console.log(difference);
  if (differences.length > 0) console.log(`stale: node scripts/sample-report.mjs ${path} && node scripts/readme.mjs`);
  process.exitCode = differences.length === 0 ? 0 : 1;
}

/** Path of every member that is not the same, with both values. */
function differencesBetween(before, after, at = "") {
  if (before === null || after === null || typeof before !== "object" || typeof after !== "object")
    return before === after ? [] : [`${at}: kept ${JSON.stringify(before)}, now ${JSON.stringify(after)}`];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => differencesBetween(before[name], after[name], at === "" ? name : `${at}.${name}`));
}
