/** What the task programs say, in one file of JSON lines; and, of a failed one, what it gave as the reason. */
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { errnoOf } from "@pipeline/shared/errors";

export interface RunLog {
  readonly path: string;
  write(line: string): void;
  close(): Promise<void>;
}

/** Appends to the file, so that a resumed run's lines follow those of the first try. */
export async function openRunLog(path: string): Promise<RunLog> {
  await mkdir(dirname(path), { recursive: true });
  const stream = createWriteStream(path, { flags: "a" });
  stream.once("error", (error) => {
    stream.on("error", () => undefined); // said once
    process.stderr.write(`${path} cannot be written (${errnoOf(error)}): the run goes on without its log\n`);
  });
  return {
    path,
    write: (line) => stream.write(`${line}\n`),
    close: () => new Promise((resolve) => stream.end(resolve)),
  };
}

/** The reason in a program's "failed" line: its code and what its error says, which never hold document text; null for any other line. */
export function reasonIn(line: string): string | null {
  if (!line.startsWith("{") || !line.includes('"event":"failed"')) return null;
  try {
    const { errorCode, reason } = JSON.parse(line) as { errorCode?: string; reason?: string };
    return reason ? `${reason} [${errorCode}]` : (errorCode ?? null);
  } catch {
    return null; // cut short by a kill
  }
}
