/** Two days to finished runs for each day from one to the other: stack-backfill.mjs FROM TO [--again]; exits with 1 unless all ended well. */
import { backfill } from "./stack-client.mjs";

const [from, to, again] = process.argv.slice(2);
if (![from, to].every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day))) {
  console.error("usage: make backfill FROM=2026-11-18 TO=2026-11-20 [AGAIN=1]");
  process.exit(2);
}
const runs = await backfill(from, to, { again: again === "--again" });
for (const { dag_run_id, state } of runs) console.log(`${dag_run_id} ${state}`);
process.exitCode = runs.length > 0 && runs.every(({ state }) => state === "success") ? 0 : 1;
