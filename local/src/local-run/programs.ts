/** A task and a batch to the call of its program: the contract that the containers live by, spelt for this machine. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ProgramCall } from "./run-program.js";
import type { Settings, TaskName } from "./settings.js";

/** A step of the run: a task applied to a batch, or to the whole run where the batch is null. */
export interface StepCall {
  readonly task: TaskName;
  readonly batch: string | null;
  readonly attempt: number;
}

type Names = Readonly<Record<string, string>>;
const contract = JSON.parse(readFileSync(new URL("../../../shared/contracts/environment.json", import.meta.url), "utf8")) as {
  identifiers: Names;
  objectStore: Names;
  database: Names;
  secrets: Names;
};

/** Tasks that write to the database: nobody else is told its password. */
export const DATABASE_TASKS: ReadonlySet<string> = new Set(["load", "lineage", "migrate"]);
const READS: Readonly<Record<string, TaskName>> = { "clean-chunk": "ingest", validate: "clean-chunk", load: "validate" };

/** Where a program lies after the build. */
export function programOf(task: TaskName | "migrate"): string {
  return fileURLToPath(import.meta.resolve(task === "migrate" ? "@pipeline/lineage/migrate" : `@pipeline/${task}/main`));
}

/** The call of a step. */
export function callOf(settings: Settings, runId: string, step: StepCall, environment: NodeJS.ProcessEnv): ProgramCall {
  const run = `${settings.store}/runs/${runId}`;
  const from =
    step.task === "ingest" ? settings.source : step.task === "lineage" ? `${run}/` : `${run}/${READS[step.task]}/${step.batch}.json`;
  const to = step.batch === null ? `${run}/${step.task}.json` : `${run}/${step.task}/${step.batch}.json`;
  const identifiers = { PIPELINE_RUN_ID: runId, PIPELINE_TASK_ID: step.task, PIPELINE_ATTEMPT: String(step.attempt) };
  return {
    program: programOf(step.task),
    args: ["--in", from, "--out", to, ...settings.flags[step.task]],
    environment: { ...environmentOf(step.task, environment), ...identifiers },
  };
}

/** Of our own environment only what the contract lists, and the database's address only for those who need it. */
export function environmentOf(task: string, environment: NodeJS.ProcessEnv): Record<string, string> {
  const { identifiers, objectStore, secrets, database } = contract;
  const listed = { ...identifiers, ...objectStore, ...secrets, ...(DATABASE_TASKS.has(task) && database) };
  const given = Object.keys(listed).map((name) => [name, environment[name]] as const);
  return Object.fromEntries(given.filter((entry): entry is [string, string] => Boolean(entry[1])));
}
