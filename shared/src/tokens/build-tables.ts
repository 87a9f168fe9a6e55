/** Program of the build: writes the merge table of every encoding beside this file, unless it is there and up to date. */
import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { TOKENIZERS, type TokenizerName } from "./encodings.js";
import { encodeMergeTable, isCurrent } from "./merge-table.js";
import { buildMergeTable } from "./merge-table-builder.js";
import { tablePathOf } from "./table-files.js";

function headOf(path: URL): Buffer {
  const head = Buffer.alloc(64);
  try {
    const file = openSync(path, "r");
    readSync(file, head);
    closeSync(file);
  } catch {
    return Buffer.alloc(0); // not there yet
  }
  return head;
}

function buildTable(name: TokenizerName): void {
  const ranks = readFileSync(createRequire(import.meta.url).resolve(`gpt-tokenizer/data/${name}.tiktoken`));
  const digest = createHash("sha256").update(ranks).digest();
  const path = tablePathOf(name);
  if (isCurrent(headOf(path), digest)) return;
  const draft = new URL(`${path.href}.${process.pid}`);
  writeFileSync(draft, encodeMergeTable(buildMergeTable(ranks.toString("latin1")), digest));
  renameSync(draft, path); // two builds at once end in one whole file
  console.log(`built ${fileURLToPath(path)}`);
}

for (const name of TOKENIZERS) buildTable(name);
