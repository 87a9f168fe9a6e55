// Writes README.md's section "What was tried to break it" from tests/proof/results: `node scripts/proof-section.mjs`; with --check it only
// says whether it is stale. Needs the tests built: `npm run build:tests`.
import { readFileSync, writeFileSync } from "node:fs";
import { readProofs } from "../tests/dist/support/proof.js";

const cell = (text) => text.replaceAll("|", "\\|");

function sectionOf({ topic, title, date, machine, seed, seconds, trials }) {
  const { cpus, memoryGb, node } = machine;
  const about = `\`make proof ONLY=${topic}\`, ${date}, ${cpus} cores, ${memoryGb} GB, Node ${node.slice(1)}, ${seconds} s${seed === null ? "" : `, seed ${seed}`}.`;
  const rows = trials.map(({ tried, times, held, outcome }) => `| ${cell(tried)} | ${held} of ${times} | ${cell(outcome)} |`);
  return [`### ${title}`, "", about, "", "| tried | held | what held |", "|---|---|---|", ...rows].join("\n");
}

const proofs = readProofs();
const sum = (name) =>
  proofs
    .flatMap(({ trials }) => trials)
    .reduce((total, trial) => total + trial[name], 0)
    .toLocaleString("en-US");
const counted = `${sum("times")} trials, of which ${sum("held")} held.`;
const content = [...(proofs.length > 0 ? [counted] : []), ...proofs.map(sectionOf)].join("\n\n");

const file = new URL("../README.md", import.meta.url);
const before = readFileSync(file, "utf8");
const place = /(<!-- begin proof -->\n)[\s\S]*?(<!-- end proof -->)/;
if (!place.test(before)) throw new Error("README.md has no section proof");
const after = before.replace(place, (_, begin, end) => `${begin}\n${content}\n\n${end}`);
if (process.argv.includes("--check")) {
  if (after !== before) console.log("proof: stale: node scripts/proof-section.mjs");
  process.exitCode = after === before ? 0 : 1;
} else if (after !== before) {
  writeFileSync(file, after);
  console.log("proof: written");
}
