/** `make bench-stack`: what containers and Airflow cost, measured on the running stack; writes tests/proof/bench-stack.json. */
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { objectAt, resultOf, settings, trigger, waitForRun } from "./stack-client.mjs";

const STARTS = 10;
const BATCH_DOCUMENTS = 256;
// As in dags/pipeline/spec.py: a program starts no faster than its share of the processor lets it.
const CPUS = { ingest: 0.5, "clean-chunk": 1, validate: 1, load: 0.5, lineage: 0.5 };
const STEPS = ["clean-chunk", "validate", "load"];
const { PIPELINE_IMAGE_TAG: tag, PIPELINE_DEPLOYMENT: deployment, PIPELINE_BUCKET: bucket } = settings();
const root = fileURLToPath(new URL("..", import.meta.url));

const docker = (...words) => execFileSync("docker", words, { encoding: "utf8" }).trim();
const rounded = (value, digits = 2) => Number(value.toFixed(digits));
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const secondsOf = (from, to) => (Date.parse(to) - Date.parse(from)) / 1000;

/** Seconds from the engine's start of a container to the first line that its program says. */
function startToFirstLine(task) {
  const limits = ["--init", "--read-only", "--cap-drop=ALL", "--network=none", "--tmpfs=/tmp", `--cpus=${CPUS[task]}`, "--memory=2g"];
  const [run, batch] = ["file:///tmp/runs/bench", "00112233445566aa"];
  const isWhole = ["ingest", "lineage"].includes(task);
  const call = isWhole
    ? ["--in", `${run}/`, "--out", `${run}/${task}.json`]
    : ["--in", `${run}/x/${batch}.json`, "--out", `${run}/${task}/${batch}.json`];
  const id = docker("create", ...limits, "--env=DATABASE_URL=postgres://nobody@127.0.0.1:1/none", `text-corpus/${task}:${tag}`, ...call);
  docker("start", id);
  docker("wait", id);
  const startedAt = docker("inspect", "--format={{.State.StartedAt}}", id);
  const [line] = docker("logs", "--timestamps", id).split("\n");
  docker("rm", id);
  if (!line.includes('"event":"started"')) throw new Error(`${task} said ${line}`);
  return secondsOf(startedAt, line.split(" ")[0]);
}

function startTimes(task) {
  const times = Array.from({ length: STARTS }, () => startToFirstLine(task));
  return { cpus: CPUS[task], least: rounded(Math.min(...times)), median: rounded(median(times)), most: rounded(Math.max(...times)) };
}

/** Megabytes that each image adds to the runtime that all tasks share. */
function imageSizes() {
  const size = (name) => Number(docker("image", "inspect", "--format={{.Size}}", `text-corpus/${name}:${tag}`)) / 1e6;
  const shared = size("runtime");
  const added = Object.fromEntries(Object.keys(CPUS).map((task) => [task, Math.round(size(task) - shared)]));
  return { shared: Math.round(shared), added, airflow: Math.round(size("airflow")) };
}

const UNITS = { B: 1e-6, kB: 1e-3, KiB: 1024e-6, MiB: 1.048576, GiB: 1073.741824 };

/** Megabytes in use by each of the stack's containers; those of tasks as one. */
async function memoryNow() {
  const ofTasks = new Set(docker("ps", "--quiet", "--filter", `label=pipeline.deployment=${deployment}`).split("\n"));
  const services = docker(
    "ps",
    '--format={{.ID}} {{.Label "com.docker.compose.service"}}',
    "--filter",
    `label=com.docker.compose.project=${deployment}`,
  );
  const names = new Map(services.split("\n").map((line) => line.split(" ")));
  const { stdout } = await promisify(execFile)("docker", ["stats", "--no-stream", "--format={{.ID}} {{.MemUsage}}"]);
  const used = {};
  for (const line of stdout.trim().split("\n")) {
    const [, id, amount, unit] = /^(\S+) ([\d.]+)([A-Za-z]+) /.exec(line) ?? [];
    const name = ofTasks.has(id) ? "tasks" : names.get(id);
    if (name) used[name] = (used[name] ?? 0) + Number(amount) * UNITS[unit];
  }
  return used;
}

const sumOf = (used) => Math.round(Object.values(used).reduce((sum, value) => sum + value, 0));

/** Samples memory until `isOver`; the most of each, and of all at one time. */
async function memoryWhile(isOver) {
  const most = {};
  let total = 0;
  while (!isOver()) {
    const used = await memoryNow();
    total = Math.max(total, sumOf(used));
    for (const [name, value] of Object.entries(used)) most[name] = Math.max(most[name] ?? 0, Math.round(value));
    await sleep(1000);
  }
  return { most, total };
}

/** Of each task of each batch: seconds as Airflow counts them, and those of its program, from its manifest. */
async function taskTimes(runId, tasks) {
  const ofBatches = tasks.filter(({ task_id }) => STEPS.includes(task_id.replace("batch.", "")));
  return await Promise.all(
    ofBatches.map(async ({ task_id, map_index, duration }) => {
      const { manifest } = await resultOf(runId, task_id, map_index);
      return { batch: map_index, task: duration, program: programSeconds(await objectAt(manifest)) };
    }),
  );
}

const programSeconds = ({ startedAt, finishedAt }) => secondsOf(startedAt, finishedAt);

/** The same documents in the same batches on this machine, without Docker and Airflow. */
async function localRun() {
  const out = `${root}.cache/bench-local`;
  rmSync(out, { recursive: true, force: true });
  const env = { ...process.env, INPUT: `${root}.cache/sample/documents`, OUT: out, BATCH_DOCUMENTS: String(BATCH_DOCUMENTS) };
  const began = performance.now();
  await promisify(execFile)(process.execPath, [`${root}local/dist/local-run.js`], { env, maxBuffer: 1e8 });
  const seconds = (performance.now() - began) / 1000;
  const [run] = readdirSync(`${out}/store/runs`);
  const manifests = STEPS.flatMap((step) =>
    readdirSync(`${out}/store/runs/${run}/${step}`).map((name) => `${out}/store/runs/${run}/${step}/${name}`),
  );
  const program = manifests.map((file) => programSeconds(JSON.parse(readFileSync(file, "utf8"))));
  return { seconds: rounded(seconds), program: rounded(program.reduce((sum, value) => sum + value, 0)) };
}

async function stackRun() {
  const began = performance.now();
  const runId = await trigger({ source: `s3://${bucket}/raw/sample/`, dataset: "bench", batch_documents: BATCH_DOCUMENTS, force: true });
  let isOver = false;
  const memory = memoryWhile(() => isOver);
  const { state, tasks } = await waitForRun(runId, { onChange: (line) => console.log(`  ${line}`) }).finally(() => (isOver = true));
  if (state !== "success") throw new Error(`run ${runId} ended ${state}`);
  const seconds = (performance.now() - began) / 1000;
  const times = await taskTimes(runId, tasks);
  const batches = new Set(times.map(({ batch }) => batch)).size;
  const sum = (name) => times.reduce((total, time) => total + time[name], 0);
  const overhead = {
    task: rounded(median(times.map(({ task, program }) => task - program))),
    batch: rounded((sum("task") - sum("program")) / batches),
  };
  return { batches, seconds: rounded(seconds), program: rounded(sum("program")), overhead, memory: await memory };
}

console.log("starting containers");
const machine = {
  cpus: cpus().length,
  memoryGb: Math.round(totalmem() / 1e9),
  load: loadavg().map((value) => rounded(value)),
  engine: docker("version", "--format={{.Server.Version}}"),
};
const starts = Object.fromEntries(Object.keys(CPUS).map((task) => [task, startTimes(task)]));
console.log(starts);
const idle = await memoryNow();
console.log("the sample through Airflow");
const airflow = await stackRun();
console.log("the sample without");
const local = await localRun();
const memory = {
  idle: Object.fromEntries(Object.entries(idle).map(([name, mb]) => [name, Math.round(mb)])),
  idleTotal: sumOf(idle),
  ...airflow.memory,
};
const { memory: _, ...run } = airflow;
const result = {
  date: new Date().toISOString().slice(0, 10),
  machine,
  imagesMb: imageSizes(),
  startToFirstLineSeconds: starts,
  memoryMb: memory,
  sample: { airflow: run, local },
};
mkdirSync(`${root}tests/proof`, { recursive: true });
writeFileSync(`${root}tests/proof/bench-stack.json`, `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result, null, 2));
