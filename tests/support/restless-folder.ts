/** A folder whose files another process changes, lengthens, truncates, removes, exchanges and brings back, without end. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { randomOf } from "@pipeline/local/sample/random";
import { longProse } from "./sources-of-size.js";

/** Makes the folder with so many files of so many bytes, and sets the other process on those with an odd number. */
export async function restlessFolder(folder: string, files: number, bytes: number): Promise<{ stop(): Promise<void> }> {
  mkdirSync(folder, { recursive: true });
  for (let n = 0; n < files; n++) writeFileSync(join(folder, `${n}.txt`), longProse(n, bytes));
  const child = fork(fileURLToPath(import.meta.url), [folder, String(files), String(bytes)]);
  await once(child, "message"); // it is at work
  return { stop: () => ended(child) };
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}

type Act = (path: string, text: string) => void;

const ACTS: readonly Act[] = [
  (path, text) => writeFileSync(path, text.toUpperCase()),
  (path, text) => appendFileSync(path, text.slice(0, 5_000)),
  (path) => truncateSync(path, 100),
  (path) => rmSync(path),
  (path, text) => {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  },
  (path) => {
    rmSync(path);
    symlinkSync("/etc/hostname", path);
  },
  (path, text) => {
    rmSync(path, { force: true });
    writeFileSync(path, text);
  },
  (path) => {
    rmSync(path);
    mkdirSync(path);
    rmSync(path, { recursive: true });
  },
];

function work(folder: string, files: number, bytes: number): void {
  const random = randomOf("restless");
  const text = longProse(999, bytes);
  for (let done = 0; ; done++) {
    const path = join(folder, `${2 * random.below(files >> 1) + 1}.txt`);
    try {
      random.pick(ACTS)(path, text);
    } catch {
      rmSync(path, { recursive: true, force: true }); // gone, or a link by then: it comes back another time
    }
    if (done === 10) process.send?.("at work");
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) work(process.argv[2]!, Number(process.argv[3]), Number(process.argv[4]));
