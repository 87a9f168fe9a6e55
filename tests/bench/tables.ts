/** Program of one measurement: the processor time that a fresh process takes to read the token tables of each encoding; as JSON lines. */
import { readMergeTable } from "@pipeline/shared/tokens/merge-table";
import { tablePathOf } from "@pipeline/shared/tokens/table-files";
import { TOKENIZERS } from "@pipeline/shared/tokens/token-counter";

for (const tokenizer of TOKENIZERS) {
  const from = process.cpuUsage();
  readMergeTable(tablePathOf(tokenizer));
  const { user, system } = process.cpuUsage(from);
  const ms = (user + system) / 1000;
  console.log(JSON.stringify({ stage: "tables", tokenizer, ms }));
}
