/** The embedded server as a process: its files made once, the process launched, found again through postmaster.pid, and ended. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { invalidConfig } from "@pipeline/shared/errors";
import type { Account } from "./postgres-account.js";
import type { Binaries } from "./postgres-binaries.js";

const MAX_LOG_BYTES = 10_000_000;
const STOP_TIMEOUT_MS = 20_000;
const CLEAN_ENVIRONMENT = { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" }; // the server's log and its environment hold no secret of ours

/** Settings that keep the text of rows out of the server's log, where a failing statement would otherwise put it. */
export const QUIET_SETTINGS = {
  log_error_verbosity: "terse", // no DETAIL: "Failing row contains (...)"
  log_min_error_statement: "panic", // no STATEMENT
  log_min_messages: "log", // above "error": the text of an error may itself quote a value (invalid input syntax for type integer: "...")
  log_statement: "none",
  log_min_duration_statement: "-1",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
} as const;

const SETTINGS = {
  ...QUIET_SETTINGS,
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "", // a socket's path may be 107 bytes long at most, and a checkout lies where it lies
  max_connections: "100",
  shared_buffers: "256MB",
  max_wal_size: "2GB", // fewer checkpoints while loading
};

export interface ServerFiles {
  readonly home: string;
  readonly account: Account | null;
  readonly binaries: Binaries;
}

/** Makes the data directory when there is none: built aside and renamed, so that a killed attempt leaves nothing half done. */
export async function initialise({ home, account, binaries, aside }: ServerFiles & { aside(): Promise<string> }): Promise<void> {
  const data = join(home, "data");
  if (existsSync(data)) return checkVersion(data, binaries);
  const building = await aside();
  const options = ["--username=pipeline", `--pwfile=${join(home, "password")}`, "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"];
  const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]; // the same order of words on every machine
  await finished(binaries.initdb, [`--pgdata=${building}`, ...options, ...locale], account);
  await rename(building, data).catch(async (error: NodeJS.ErrnoException) => {
    await rm(building, { recursive: true, force: true });
    if (!existsSync(data)) throw error; // else another process was quicker
  });
}

async function checkVersion(data: string, binaries: Binaries): Promise<void> {
  const major = (await readFile(join(data, "PG_VERSION"), "utf8")).trim();
  const version = await finished(binaries.postgres, ["--version"], null);
  if (!version.includes(` ${major}.`))
    throw invalidConfig(
      "no_server",
      `${data} is of PostgreSQL ${major}, this is ${version.trim()}: move the folder away and fill a new one`,
    );
}

function finished(program: string, args: readonly string[], account: Account | null): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...account, cwd: "/", env: CLEAN_ENVIRONMENT, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (piece: Buffer) => (output += piece.toString()));
    child.stderr.on("data", (piece: Buffer) => (output += piece.toString()));
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve(output) : reject(failureOf(program, code, output))));
  });
}

/** What these programs say is about files and settings: no row exists yet. */
function failureOf(program: string, code: number | null, output: string): Error {
  if (output.includes("No space left on device")) return Object.assign(new Error("no space"), { code: "ENOSPC" });
  return invalidConfig("no_server", `${program} ended with ${code}: ${output.trim().split("\n").slice(-5).join(" ")}`);
}

/** Starts the server in a session of its own: Ctrl-C at the terminal is for the run, which then ends the server in order. */
export async function launch(server: ServerFiles & { port: number; settings?: Readonly<Record<string, string>> }): Promise<void> {
  const path = join(server.home, "server.log");
  const size = await stat(path).then(
    (facts) => facts.size,
    () => 0,
  );
  const log = await open(path, size > MAX_LOG_BYTES ? "w" : "a", 0o600);
  const settings = Object.entries({ ...SETTINGS, ...server.settings }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const args = ["-D", join(server.home, "data"), "-p", String(server.port), ...settings];
  const child = spawn(server.binaries.postgres, args, {
    ...server.account,
    cwd: "/",
    env: CLEAN_ENVIRONMENT,
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  child.on("error", () => undefined); // the caller waits for an answer and names the log
  child.unref();
  await Promise.race([listed(server.home), new Promise((resolve) => child.once("exit", resolve))]);
  await log.close();
}

async function listed(home: string): Promise<void> {
  for (let waited = 0; waited < 2_000 && !(await runningServer(home)); waited += 20) await delay(20);
}

/**
 * The live server of this folder, by its postmaster.pid; null when there is none, or the process with that id is something else: then the
 * file is removed, for PostgreSQL refuses to start while any process has that id. A file of a dead one is PostgreSQL's own business: it
 * tells a new server of processes of the old one that still write to the data.
 */
export async function runningServer(home: string): Promise<{ pid: number; port: number } | null> {
  const data = join(home, "data");
  const lines = await readFile(join(data, "postmaster.pid"), "utf8").then(
    (text) => text.split("\n"),
    () => [],
  );
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid || !port) return null;
  const process = await processOf(pid, data);
  if (process === "server") return { pid, port };
  if (process === "another" && !(await isAttached(lines[6]))) await rm(join(data, "postmaster.pid"), { force: true });
  return null;
}

async function processOf(pid: number, data: string): Promise<"server" | "another" | "none"> {
  if (!existsSync("/proc/self/cmdline")) return isThere(pid) ? "server" : "none";
  const words = await readFile(`/proc/${pid}/cmdline`, "utf8").then(
    (line) => line.split("\0"),
    () => null,
  );
  if (words === null || words[0] === "") return "none"; // gone, or a zombie, which no longer has a command line
  return words.includes(data) ? "server" : "another";
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Whether a process still uses the shared memory of a dead server: `line` of postmaster.pid holds its key and its id. */
async function isAttached(line = ""): Promise<boolean> {
  const id = line.trim().split(/\s+/)[1];
  const table = await readFile("/proc/sysvipc/shm", "utf8").catch(() => "");
  const segment = table
    .split("\n")
    .map((row) => row.trim().split(/\s+/))
    .find((row) => row[1] === id);
  return Number(segment?.[6] ?? 0) > 0; // key shmid perms size cpid lpid nattch
}

/** Ends the server in order (open transactions are rolled back), and at once when it has not ended within 20 s. */
export async function endServer(home: string): Promise<void> {
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  for (let signal: NodeJS.Signals | 0 = "SIGINT"; ; signal = Date.now() > deadline ? "SIGQUIT" : 0) {
    const running = await runningServer(home);
    if (!running) return;
    if (signal) process.kill(running.pid, signal);
    await delay(50);
  }
}
