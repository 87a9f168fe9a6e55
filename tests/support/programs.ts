/** A task's program, started as this machine would, or with TASK_IMAGES=tag as a container of its image would be in production. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmodSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

export const TASK_FOLDERS = fileURLToPath(new URL("../../../tasks", import.meta.url));
const TAG = process.env.TASK_IMAGES;

/** How the programs are started, for the title of a suite. */
export const PROGRAMS_ARE = TAG ? `images of the tag ${TAG}` : "child processes";

export interface Program {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  /** Resolves when the signal has been sent. */
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
}

/** Starts it with nothing in its environment but what is given. */
export function startProgram(task: string, argv: readonly string[], environment: Readonly<Record<string, string>> = {}): Program {
  return TAG ? startContainer(`text-corpus/${task}:${TAG}`, argv, environment) : startChild(task, argv, environment);
}

function startChild(task: string, argv: readonly string[], environment: Readonly<Record<string, string>>): Program {
  const child = start(process.execPath, [join(TASK_FOLDERS, task, "dist/main.js"), ...argv], environment);
  return { process: child, kill: async (signal) => void child.kill(signal) };
}

/** Hardened as dags/pipeline/engines/docker.py does it; the folders that the call names are all it sees of this machine. */
function startContainer(image: string, argv: readonly string[], environment: Readonly<Record<string, string>>): Program {
  const name = `program-${randomUUID()}`;
  const hardened = [
    "--init",
    "--read-only",
    "--cap-drop=ALL",
    "--security-opt=no-new-privileges:true",
    "--pids-limit=256",
    "--network=none",
  ];
  const folders = foldersOf(argv).flatMap((folder) => ["--volume", `${folder}:${folder}`]);
  const variables = Object.entries(environment).flatMap(([key, value]) => ["--env", `${key}=${value}`]);
  const words = ["run", "--rm", "--name", name, ...hardened, "--tmpfs=/tmp:rw,noexec,nosuid,nodev", ...folders, ...variables];
  // Not to the client's process, which on a signal no longer reads what the container says.
  const kill = async (signal: NodeJS.Signals) => void (await once(start("docker", ["kill", "--signal", signal, name]), "exit"));
  return { process: start("docker", [...words, image, ...argv]), kill };
}

function start(command: string, words: readonly string[], environment: NodeJS.ProcessEnv = {}): Program["process"] {
  return spawn(command, words, { stdio: ["ignore", "pipe", "pipe"], env: { PATH: process.env.PATH, ...environment } });
}

/** The scratch folders among file:// addresses, opened to the image's user, who is not the one who made them. */
function foldersOf(argv: readonly string[]): string[] {
  const below = `file://${tmpdir()}/`;
  const names = argv.filter((word) => word.startsWith(below)).map((word) => word.slice(below.length).split("/")[0]!);
  const folders = [...new Set(names)].map((name) => join(tmpdir(), name)).filter((folder) => existsSync(folder));
  for (const folder of folders) chmodSync(folder, 0o777);
  return folders;
}
