/** The database of a run, ready for its tasks: the embedded server or one of the user's, brought to this code's schema. */
import { join } from "node:path";
import { EXIT, PipelineError } from "@pipeline/shared/errors";
import { startEmbeddedPostgres } from "../embedded-postgres.js";
import { environmentOf, programOf } from "./programs.js";
import { reasonIn } from "./run-log.js";
import { runProgram } from "./run-program.js";
import type { Settings } from "./settings.js";

export interface RunDatabase {
  readonly url: string;
  /** The address, once the server is up: an embedded one that went down is started again, one of the user's is theirs. */
  revive(signal: AbortSignal): Promise<string>;
  /** For people; never with a password. */
  readonly about: string;
  /** Releases it; the embedded server stops unless someone else uses it. */
  close(): Promise<void>;
}

/** Opens the database of these settings; starts the embedded server when none is named. */
export async function openRunDatabase({ databaseUrl, out }: Pick<Settings, "databaseUrl" | "out">): Promise<RunDatabase> {
  if (databaseUrl !== null)
    return {
      url: databaseUrl,
      revive: async () => databaseUrl,
      about: `PostgreSQL at ${hostOf(databaseUrl)}`,
      close: async () => undefined,
    };
  const server = await startEmbeddedPostgres({ dataDir: join(out, "postgres") });
  const about = `embedded PostgreSQL in ${server.home}${server.adopted ? ", which was running already" : ""}`;
  return { url: server.url, revive: server.revive, about, close: server.stop };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "the given address";
}

/** Runs `migrate`, as a deployment does before its tasks. Throws with migrate's own exit code and reason. */
export async function migrate(
  url: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  const program = programOf("migrate");
  const given = environmentOf("migrate", { ...environment, DATABASE_URL: url });
  let reason = "";
  const ended = await runProgram({ program, args: [], environment: given }, signal, (line) => {
    log(line);
    reason = reasonIn(line) ?? reason;
  });
  if (ended.exitCode === EXIT.ok) return;
  const codes = Object.values(EXIT) as number[];
  const exitCode = codes.includes(ended.exitCode ?? -1) ? (ended.exitCode as PipelineError["exitCode"]) : EXIT.tryAgain;
  throw new PipelineError("migrate_failed", exitCode, `migrate ended with ${ended.exitCode ?? ended.signal}: ${reason || "see the log"}`);
}
