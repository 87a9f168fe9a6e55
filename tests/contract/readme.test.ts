import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { TOKENIZERS, tokenCounter } from "@pipeline/shared/tokens/token-counter";
import { expect } from "chai";
import { documentsOf } from "../support/corpora.js";
import { readProofs } from "../support/proof.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");

describe("README.md", () => {
  it("has generated sections that are what `node scripts/readme.mjs` writes", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "scripts/readme.mjs"), "--check"], { encoding: "utf8" });
    expect(`${status} ${stdout}${stderr}`.trim()).to.equal("0");
  });

  it("tells of the proofs what their committed results say, every result being of a program that there is", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "scripts/proof-section.mjs"), "--check"], {
      encoding: "utf8",
    });
    expect(`${status} ${stdout}${stderr}`.trim()).to.equal("0");
    const programs = readdirSync(join(root, "tests/proof")).map((name) => name.replace(/\.(ts|py)$/, ""));
    for (const { topic } of readProofs()) expect(programs).to.include(topic);
  });

  it("gives the token totals that the counter gives", () => {
    const texts = documentsOf("udhr").map(String);
    for (const name of TOKENIZERS) {
      const total = texts.reduce((sum, text) => sum + tokenCounter(name).count(text), 0);
      expect(readme).to.include(total.toLocaleString("en-US"));
    }
  }).timeout(20_000);

  it("names only make targets that there are", () => {
    const makefile = readFileSync(join(root, "Makefile"), "utf8");
    const named = new Set([...readme.matchAll(/(?<=[`\s])make ([a-z][a-z0-9-]+)(?=[`\s])/g)].map(([, target]) => target!));
    for (const target of named) expect(makefile, target).to.match(new RegExp(`^${target}:`, "m"));
  });

  it("links only to files that there are", () => {
    for (const [, target] of readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) expect(existsSync(join(root, target!)), target).to.equal(true);
  });
});
