/** The whole pipeline on this machine: a folder of text in; chunks in PostgreSQL, a report and an honest exit code out. */
import { join } from "node:path";
import type { Report } from "@pipeline/lineage/report/report-schema";
import { EXIT, tryAgain } from "@pipeline/shared/errors";
import { openStore } from "@pipeline/shared/open-store";
import { classified } from "@pipeline/shared/retryable";
import { spoken } from "@pipeline/shared/text/visible";
import { parseUri } from "@pipeline/shared/uri";
import { migrate, openRunDatabase } from "./local-run/database.js";
import { funnelOf } from "./local-run/funnel.js";
import { exitCodeOf, runPipeline } from "./local-run/pipeline.js";
import { progressOn } from "./local-run/progress.js";
import { copyReports } from "./local-run/reports.js";
import { openRunLog } from "./local-run/run-log.js";
import { claimRun } from "./local-run/runs.js";
import { helpOfVariables, readSettings, type Settings } from "./local-run/settings.js";
import { foundEverythingDone } from "./local-run/unchanged.js";
import { reported } from "./reported.js";
import { writeSample } from "./sample/write-sample.js";

const say = (line: string): void => {
  process.stdout.write(`${spoken(line)}\n`);
};

/** Runs once with these variables; resolves to the exit code. */
async function localRun(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<number> {
  const settings = readSettings(environment);
  try {
    return await runWith(settings, environment, signal);
  } catch (error) {
    throw classified(error, `working in ${settings.out}`); // whatever this program writes by itself, it writes there
  }
}

async function runWith(settings: Settings, environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<number> {
  if (settings.sampleFolder !== null) await makeSample(settings.sampleFolder);
  const store = await openStore(parseUri(settings.store), environment);
  const run = await claimRun(settings, store, new Date());
  const log = await openRunLog(join(settings.out, "logs", `${run.id}.jsonl`));
  say(
    `${run.isResumed ? "going on with" : "run"} ${run.id}: ${settings.source}, recipe ${settings.recipe.name}, ${settings.jobs} batches at once`,
  );
  const database = await openRunDatabase(settings);
  try {
    say(database.about);
    await migrate(database.url, environment, signal, log.write);
    const given = { ...environment, DATABASE_URL: database.url };
    const failed = await runPipeline({
      settings,
      run,
      store,
      environment: given,
      database,
      signal,
      progress: progressOn(process.stdout),
      log: log.write,
    });
    if (signal.aborted) throw tryAgain("stopped", `stopped; the same command goes on with run ${run.id}`);
    const report = await copyReports(store, run.id, settings.out);
    if (report !== null) tell(report, settings.out);
    if (failed.length > 0) say(`  log        ${log.path}`);
    else if (await foundEverythingDone(store, run.id))
      say("Nothing had changed: every result was there already, and no document was written.");
    return exitCodeOf(failed) || (report?.balanced ? EXIT.ok : EXIT.invalidData);
  } finally {
    await database.close();
    await log.close();
  }
}

async function makeSample(folder: string): Promise<void> {
  const { documents, refused, unchanged } = await writeSample(folder);
  say(`sample of ${documents} documents ${unchanged ? "is there already" : "written"} in ${folder}`);
  for (const path of refused) say(`left out, because this file system cannot hold the name: ${path}`);
}

function tell(report: Report, out: string): void {
  for (const line of funnelOf(report)) say(line);
  say(`  report     ${join(out, "report.html")}`);
}

const INTERRUPTED = 130; // 128 and the number of SIGINT
const controller = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => controller.abort(name));
if (process.argv.includes("--help")) say(`make local-run NAME=value ...\n\n${helpOfVariables()}`);
else {
  await reported(() => localRun(process.env, controller.signal));
  // What a shell expects of a program that Ctrl-C has ended: a script that called it ends, too.
  if (controller.signal.reason === "SIGINT" && process.exitCode === EXIT.tryAgain) process.exitCode = INTERRUPTED;
}
