/** docker/.env to a client of the running stack: Airflow's REST API, and the S3 server. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";

const FILE = process.env.STACK_ENV_FILE ?? new URL("../docker/.env", import.meta.url);
export const DAG = "text_corpus";
const ORDER = ["ingest", "plan_batches", "clean-chunk", "validate", "load", "publish", "lineage", "outcome"];
const ENDED = new Set(["success", "failed"]);

/** The settings of the stack, passwords included. */
export function settings() {
  const lines = readFileSync(FILE, "utf8").split("\n");
  return Object.fromEntries(
    lines.filter((line) => /^[A-Z0-9_]+=/.test(line)).map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

/** A client of the stack's S3 server. */
export function storeClient() {
  const { S3_PORT, S3_ACCESS_KEY, S3_SECRET_KEY } = settings();
  const credentials = { accessKeyId: S3_ACCESS_KEY, secretAccessKey: S3_SECRET_KEY };
  return new S3Client({ endpoint: `http://127.0.0.1:${S3_PORT}`, region: "us-east-1", forcePathStyle: true, credentials });
}

/** Where a person looks at a run. */
export function pageOf(runId) {
  return `${base()}/dags/${DAG}/runs/${encodeURIComponent(runId)}`;
}

const base = () => `http://127.0.0.1:${settings().AIRFLOW_PORT}`;
let token;

/** One call of Airflow's REST API; throws with what the server says. */
export async function call(method, path, body) {
  token ??= (await send("POST", "/auth/token", { username: "admin", password: settings().AIRFLOW_ADMIN_PASSWORD })).access_token;
  return await send(method, `/api/v2${path}`, body, { authorization: `Bearer ${token}` });
}

async function send(method, path, body, headers = {}) {
  const response = await fetch(base() + path, {
    method,
    headers: { "content-type": "application/json", ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
  return text ? JSON.parse(text) : null;
}

/** Every entry of a list; Airflow gives at most 100 of them at a time, whatever one asks for. */
async function every(path, key) {
  const entries = [];
  for (;;) {
    const page = await call("GET", `${path}${path.includes("?") ? "&" : "?"}limit=100&offset=${entries.length}`);
    entries.push(...page[key]);
    if (page[key].length === 0 || entries.length >= page.total_entries) return entries;
  }
}

/** What a task returned to Airflow: the address of its manifest, and counts. Null when it returned nothing. */
export async function resultOf(runId, task, mapIndex = -1) {
  const path = `/dags/${DAG}/dagRuns/${encodeURIComponent(runId)}/taskInstances/${task}/xcomEntries/return_value?map_index=${mapIndex}`;
  const entry = await call("GET", path).catch(isMissing);
  if (!entry) return null;
  return typeof entry.value === "string" ? JSON.parse(entry.value) : entry.value;
}

async function bytesAt(uri) {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri);
  const { Body } = await storeClient().send(new GetObjectCommand({ Bucket, Key }));
  return await Body.transformToByteArray();
}

/** The JSON that lies at an address in the object store. */
export async function objectAt(uri) {
  return JSON.parse(Buffer.from(await bytesAt(uri)).toString("utf8"));
}

/** Copies the report of a run to a file that a browser on this machine opens, and returns its path; null when there is none. */
export async function reportOf(runId) {
  const ingested = await resultOf(runId, "ingest");
  if (ingested === null) return null;
  const uri = ingested.manifest.replace(/ingest\.json$/, "report.html");
  const report = await bytesAt(uri).catch((error) => (error.name === "NoSuchKey" ? null : Promise.reject(error)));
  if (report === null) return null;
  const file = new URL(`../.cache/stack/${uri.split("/").slice(-2).join("/")}`, import.meta.url);
  mkdirSync(new URL(".", file), { recursive: true });
  writeFileSync(file, report);
  return fileURLToPath(file);
}

/** Starts a manual run with these params and returns its id. */
export async function trigger(params) {
  await unpaused();
  const run = await call("POST", `/dags/${DAG}/dagRuns`, { logical_date: null, conf: params });
  return run.dag_run_id;
}

/** Airflow sees a new DAG file some seconds after it is there, and runs it only when somebody has said so. */
async function unpaused() {
  await until(() => call("GET", `/dags/${DAG}`).then(() => true, isMissing), 120);
  await call("PATCH", `/dags/${DAG}`, { is_paused: false });
}

function isMissing(error) {
  if (!String(error.message).includes(": 404 ")) throw error;
  return false;
}

/** Runs each day from `from` to `to`, both included; `again` also those that have run. Returns the runs when all have ended. */
export async function backfill(from, to, { again = false, seconds = 1800 } = {}) {
  await unpaused();
  // A day's run begins at 02:00 of that day: its end must be named, or the last day would be left out.
  const [from_date, to_date] = [`${from}T00:00:00Z`, `${to}T23:59:59Z`];
  const reprocess_behavior = again ? "completed" : "none";
  const body = { dag_id: DAG, from_date, to_date, reprocess_behavior, max_active_runs: 2, run_backwards: false, dag_run_conf: {} };
  const { id } = await call("POST", "/backfills", body);
  await until(async () => (await call("GET", `/backfills/${id}`)).completed_at, seconds);
  const query = `logical_date_gte=${from_date}&logical_date_lte=${to_date}`;
  return await every(`/dags/${DAG}/dagRuns?${query}`, "dag_runs");
}

/** Waits for a run's end; tells `onChange` the state of its tasks whenever one changes. */
export async function waitForRun(runId, { seconds = 1800, onChange = () => {} } = {}) {
  let shown = "";
  return await until(async () => {
    const path = `/dags/${DAG}/dagRuns/${encodeURIComponent(runId)}`;
    const run = await call("GET", path);
    const tasks = await every(`${path}/taskInstances`, "task_instances");
    const line = statesOf(tasks);
    if (line !== shown) onChange(line);
    shown = line;
    return ENDED.has(run.state) && tasks.every(({ state }) => state !== "running") ? { ...run, tasks } : null;
  }, seconds);
}

/** "ingest success, clean-chunk 3 success 1 running": what has begun, in the order in which it runs. */
function statesOf(tasks) {
  const begun = tasks.filter(({ state }) => state !== null).map(({ task_id, state }) => [task_id.replace("batch.", ""), state]);
  const words = ORDER.map((name) => [name, countsOf(begun.filter(([task]) => task === name).map(([, state]) => state))]);
  return words
    .filter(([, counts]) => counts !== "")
    .map(([name, counts]) => `${name} ${counts}`)
    .join(", ");
}

function countsOf(states) {
  const howMany = (state) => states.filter((other) => other === state).length;
  return [...new Set(states)].map((state) => (howMany(state) > 1 ? `${howMany(state)} ${state}` : state)).join(" ");
}

/** Asks again every second until the answer is truthy. */
export async function until(ask, seconds) {
  for (const end = Date.now() + seconds * 1000; ; ) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`still waiting after ${seconds} s`);
    await sleep(1000);
  }
}
