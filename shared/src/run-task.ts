/** A task's declaration to a program: the one place that knows of argv, the environment, signals and exit codes. */
import { type Attempt, exitCodeOf, noteEnd, noteStart } from "./attempt.js";
import { outliveOutput } from "./closed-output.js";
import { codeVersionOf } from "./code-version.js";
import { compileLess } from "./compiler.js";
import { type Config, databaseUrlOf, readConfig } from "./config.js";
import { EXIT, invalidConfig, PipelineError, tryAgain } from "./errors.js";
import { createLogger, errorFields, type Logger } from "./logger.js";
import { openStore } from "./open-store.js";
import { flag, helpOf, type Options, type OptionValues, parseOptions, text } from "./options.js";
import { type Place, placeOf } from "./places.js";
import type { ObjectStore } from "./ports/object-store.js";
import { loadRecipe, type Recipe, type SectionName } from "./recipe.js";
import { classified } from "./retryable.js";
import type { ObjectUri } from "./uri.js";

const URI = { pattern: /^(s3|file):\/\/./, expects: "a URI, s3://bucket/key or file:///absolute/path" };
const commonOptions = {
  in: text({ help: "what to read", ...URI }),
  out: text({ help: "the manifest to write, <root>/runs/<run>/<task>.json for a whole run, .../<task>/<batch>.json for a batch", ...URI }),
};
const recipeOption = {
  recipe: text({ help: "which rules and thresholds", pattern: /./, expects: "a recipe's name or path", default: "default" }),
};
const forceOption = { force: flag({ help: "make parts again although they are there; load and lineage always run" }) };

export interface TaskDefinition<O extends Options> {
  /** Folder, workspace, image suffix, Airflow task id, manifest task and log field: one spelling. */
  readonly name: string;
  readonly summary: string;
  readonly options: O;
  /** The recipe sections that the task reads; none for tasks that read no recipe. */
  readonly sections: readonly SectionName[];
  run(context: TaskContext<O>): Promise<void>;
}

/** All that a task may use of the world. */
export interface TaskContext<O extends Options = Options> {
  readonly task: string;
  readonly options: OptionValues<O> & { readonly in: string; readonly out: string; readonly force: boolean };
  /** The recipe; `sections` of it count for the fingerprint. Throws when the task declares none. */
  readonly recipe: Recipe;
  readonly sections: readonly SectionName[];
  readonly place: Place;
  readonly store: ObjectStore;
  readonly attempt: number;
  readonly startedAt: string;
  readonly codeVersion: string;
  readonly imageDigest: string | null;
  readonly orchestrator: Readonly<Record<string, string>>;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  clock(): Date;
  /** Throws 78 when it was not given. */
  databaseUrl(): string;
  readonly environment: NodeJS.ProcessEnv;
}

/** What a task is run with; tests give their own, and take the same path without a process. */
export interface World {
  readonly argv: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly codeVersion: string;
  readonly logger?: Logger;
  openStore?(root: ObjectUri): ObjectStore | Promise<ObjectStore>;
  clock?(): Date;
}

/** Errors that execute has logged, with the run and batch that they belong to: runTask logs only those from before there was one. */
const told = new WeakSet<Error>();

/** Checks the declaration's types; adds nothing. */
export function defineTask<O extends Options>(definition: TaskDefinition<O>): TaskDefinition<O> {
  return definition;
}

/** Runs a task once. Resolves when its manifest is written; rejects with the error that says why not, after noting the attempt's end. */
export async function execute<O extends Options>(definition: TaskDefinition<O>, world: World): Promise<void> {
  world.signal.throwIfAborted();
  const config = readConfig(world.environment);
  const { context, attempt } = await contextOf(definition, world, config);
  await noteStart(context.store, attempt);
  const stopHeartbeat = startHeartbeat(context.logger);
  context.logger.info("started", { codeVersion: context.codeVersion });
  try {
    await unlessAborted(context.signal, definition.run(context));
    await noteEnd(context.store, attempt, context.clock().toISOString(), null);
  } catch (cause) {
    const error = context.signal.aborted ? context.signal.reason : classified(cause, definition.name);
    const noted = noteEnd(context.store, attempt, context.clock().toISOString(), error);
    await unlessAborted(context.signal, noted).catch(
      (failure: unknown) => context.logger.warn("end not noted", errorFields(failure)), // the first error is the one to tell
    );
    context.logger.error("failed", errorFields(error));
    if (error instanceof Error) told.add(error);
    throw error;
  } finally {
    stopHeartbeat();
  }
}

/** Runs a task as this process: the last thing its main.ts does. `entry` is main.ts's import.meta.url, `signal` its stopSignal(). */
export async function runTask<O extends Options>(definition: TaskDefinition<O>, entry: string, signal: AbortSignal): Promise<void> {
  outliveOutput();
  compileLess();
  const argv = process.argv.slice(2);
  if (argv.includes("--help")) {
    process.stdout.write(`${definition.name}: ${definition.summary}\n\n${helpOf(allOptions(definition))}\n`);
    return;
  }
  const logger = createLogger(process.env.PIPELINE_LOG_LEVEL || "info", { task: definition.name });
  // Node would print the error with its message and all it holds, a refused row's text among it.
  process.on("uncaughtException", (error) => {
    logger.error("failed", errorFields(error));
    process.exit(exitCodeOf(error));
  });
  try {
    const codeVersion = codeVersionOf(new URL(entry));
    await execute(definition, { argv, environment: process.env, signal, codeVersion });
  } catch (error) {
    if (!(error instanceof Error && told.has(error))) logger.error("failed", errorFields(error));
    if (error instanceof PipelineError && error.exitCode === EXIT.invalidConfig)
      process.stderr.write(`${definition.name}: ${error.message}\n`);
    process.exitCode = exitCodeOf(error);
  }
  endSoon(process.exitCode === EXIT.tryAgain ? 0 : 5_000);
}

/**
 * Whatever still keeps the process alive has so long: a forgotten handle must not look like work. What the world was in the way of may
 * hang for ever.
 */
function endSoon(graceMs: number): void {
  setTimeout(() => process.exit(), graceMs).unref();
}

async function contextOf<O extends Options>(definition: TaskDefinition<O>, world: World, config: Config) {
  const options = parseOptions(allOptions(definition), world.argv) as TaskContext<O>["options"] & { recipe?: string };
  const place = placeOf(options.out, definition.name);
  if (config.runId !== null && config.runId !== place.runId)
    throw invalidConfig("bad_environment", `PIPELINE_RUN_ID is "${config.runId}", but --out names the run "${place.runId}"`);
  const recipe = definition.sections.length > 0 ? loadRecipe(options.recipe ?? "default") : null;
  const clock = world.clock ?? (() => new Date());
  const identity = { task: definition.name, runId: place.runId, batchId: place.batchId, attempt: config.attempt };
  const startedAt = clock().toISOString();
  const context: TaskContext<O> = {
    task: definition.name,
    options,
    get recipe() {
      if (!recipe) throw new TypeError(`${definition.name} declares no recipe sections`);
      return recipe;
    },
    sections: definition.sections,
    place,
    store: await (world.openStore ? world.openStore(place.root) : openStore(place.root, world.environment)),
    attempt: config.attempt,
    startedAt,
    codeVersion: world.codeVersion,
    imageDigest: config.imageDigest,
    orchestrator: config.orchestrator,
    logger: world.logger ?? createLogger(config.logLevel, identity),
    signal: withDeadline(world.signal, config.deadlineSeconds),
    clock,
    databaseUrl: () => databaseUrlOf(world.environment),
    environment: world.environment,
  };
  const attempt: Attempt = { place, task: definition.name, number: config.attempt, startedAt, orchestrator: config.orchestrator };
  return { context, attempt };
}

function allOptions<O extends Options>(definition: TaskDefinition<O>): Options {
  return { ...commonOptions, ...(definition.sections.length > 0 && recipeOption), ...forceOption, ...definition.options };
}

/** How long work may go on after it was told to stop: twice this, for the work and for noting its end, is less than a container is given. */
const STOP_GRACE_MS = 2_000;

/** What `work` gives; rejects with the signal's reason when it does not come to its end soon after an abort, as when a server never answers. */
async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let arm = (): void => undefined;
  const late = new Promise<never>((_, reject) => {
    arm = () => void setTimeout(() => reject(signal.reason), STOP_GRACE_MS).unref();
    if (signal.aborted) arm();
    else signal.addEventListener("abort", arm, { once: true });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    signal.removeEventListener("abort", arm);
  }
}

function withDeadline(signal: AbortSignal, seconds: number | null): AbortSignal {
  if (seconds === null) return signal;
  const controller = new AbortController();
  const late = () => controller.abort(tryAgain("deadline", `not done after ${seconds} s (PIPELINE_DEADLINE_SECONDS)`));
  setTimeout(late, seconds * 1000).unref();
  return AbortSignal.any([signal, controller.signal]);
}

/** A line every 20 s, so that nobody takes a long step for a dead one. */
function startHeartbeat(logger: Logger): () => void {
  const started = performance.now();
  const beat = () => logger.info("working", { seconds: Math.round((performance.now() - started) / 1000) });
  const timer = setInterval(beat, 20_000);
  timer.unref();
  return () => clearInterval(timer);
}
