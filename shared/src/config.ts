/** The environment to a task's configuration: identifiers checked once; contracts/environment.json lists every name. */
import { z } from "zod";
import { invalidConfig } from "./errors.js";

/** Identifiers that a task reads; tests hold environment.json to them. */
export const configSchema = z.object({
  PIPELINE_RUN_ID: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,200}$/, "expected letters, digits, dots, dashes and underscores, at most 200")
    .optional(),
  PIPELINE_DAG_ID: z.string().optional(),
  PIPELINE_DAG_RUN_ID: z.string().optional(),
  PIPELINE_TASK_ID: z.string().optional(),
  PIPELINE_MAP_INDEX: z.string().optional(),
  PIPELINE_ATTEMPT: z.coerce.number("expected a whole number from 1").int().positive().default(1),
  PIPELINE_DEADLINE_SECONDS: z.coerce
    .number("expected seconds")
    .positive()
    .max(2_147_483, "expected at most 2147483 seconds, the longest timer")
    .optional(),
  PIPELINE_LOG_LEVEL: z.enum(["error", "warn", "info", "debug"]).default("info"),
  PIPELINE_IMAGE_DIGEST: z.string().optional(),
  OPENLINEAGE_PARENT_ID: z.string().optional(),
  OPENLINEAGE_ROOT_PARENT_ID: z.string().optional(),
});

export interface Config {
  /** The run that the scheduler says this is; null when only the URIs say. */
  readonly runId: string | null;
  readonly attempt: number;
  readonly deadlineSeconds: number | null;
  readonly logLevel: "error" | "warn" | "info" | "debug";
  readonly imageDigest: string | null;
  /** Who scheduled the task, by the names that events and lineage rows use; only what was given. */
  readonly orchestrator: Readonly<Record<string, string>>;
}

/** Throws 78 (`bad_environment`) naming the variable and what was expected. An empty variable counts as absent. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const result = configSchema.safeParse(given);
  if (!result.success) {
    const { path, message } = result.error.issues[0]!;
    throw invalidConfig("bad_environment", `${path.join(".")}: ${message}`);
  }
  const read = result.data;
  return {
    runId: read.PIPELINE_RUN_ID ?? null,
    attempt: read.PIPELINE_ATTEMPT,
    deadlineSeconds: read.PIPELINE_DEADLINE_SECONDS ?? null,
    logLevel: read.PIPELINE_LOG_LEVEL,
    imageDigest: read.PIPELINE_IMAGE_DIGEST ?? null,
    orchestrator: withoutAbsent({
      dagId: read.PIPELINE_DAG_ID,
      dagRunId: read.PIPELINE_DAG_RUN_ID,
      taskId: read.PIPELINE_TASK_ID,
      mapIndex: read.PIPELINE_MAP_INDEX,
      openLineageParentId: read.OPENLINEAGE_PARENT_ID,
      openLineageRootParentId: read.OPENLINEAGE_ROOT_PARENT_ID,
    }),
  };
}

function withoutAbsent(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/**
 * The database's address, with its password: handed to the driver and to nothing else. An address that names nobody gets PGUSER and
 * PGPASSWORD: a secret store that rotates a password holds these two, not an address. Throws 78 (`bad_environment`) when it is missing.
 */
export function databaseUrlOf(environment: Readonly<Record<string, string | undefined>>): string {
  const { DATABASE_URL: url, PGUSER: user, PGPASSWORD: password } = environment;
  if (!url || !/^postgres(ql)?:\/\//.test(url))
    throw invalidConfig("bad_environment", "DATABASE_URL: expected postgres://user:password@host:port/database");
  if (!user || !URL.canParse(url) || new URL(url).username) return url;
  const address = new URL(url);
  address.username = encodeURIComponent(user);
  address.password = encodeURIComponent(password ?? "");
  return address.href;
}
