/** A real S3 protocol server for tests: moto_server in the tests' own virtual environment, made at first use. */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const venv = join(root, ".venv");

function installed(): string {
  const wanted = readFileSync(join(root, "tests/requirements.txt"), "utf8");
  const stamp = join(venv, "requirements.txt");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
    execFileSync("python3", ["-m", "venv", venv], { stdio: "inherit" });
    execFileSync(join(venv, "bin/pip"), ["install", "--quiet", "-r", join(root, "tests/requirements.txt")], { stdio: "inherit" });
    writeFileSync(stamp, wanted);
  }
  return join(venv, "bin/moto_server");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface Moto {
  readonly url: string;
  stop(): Promise<void>;
  /** With SIGKILL: what it holds is lost, for it holds it in memory. */
  kill(): Promise<void>;
}

/** Starts the server on that loopback port, or a free one, and waits until it answers. */
export async function startMoto(wanted?: number): Promise<Moto> {
  const port = wanted ?? (await freePort());
  const server = spawn(installed(), ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  for (let left = 200; ; left--) {
    const answer = await fetch(`${url}/moto-api/`).catch(() => null); // refused until the server listens
    if (answer?.ok) break;
    if (left === 0 || server.exitCode !== null) throw new Error(`moto_server did not answer on ${url}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const end = async (signal: NodeJS.Signals) => {
    server.kill(signal);
    await ended;
  };
  return { url, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}
