/** Params as JSON to a finished manual run: starts it, shows its tasks as they go, and exits with 1 unless it ended well. */
import { pageOf, reportOf, trigger, waitForRun } from "./stack-client.mjs";

const runId = await trigger(JSON.parse(process.argv[2] || "{}"));
console.log(`run ${runId}\n${pageOf(runId)}`);
const { state } = await waitForRun(runId, { onChange: (line) => console.log(`  ${line}`) });
const report = await reportOf(runId);
console.log(`run ${state}${report === null ? "" : `\nreport ${report}`}`);
process.exitCode = state === "success" ? 0 : 1;
