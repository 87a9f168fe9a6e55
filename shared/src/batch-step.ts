/** One batch's manifest in, one out: the frame of every task that transforms a batch; finds parts that are made, or makes them. */

import { invalidConfig } from "./errors.js";
import { type Dependencies, fingerprintOf, methodOf } from "./fingerprint.js";
import { findMade, partFolderOf, publish, putManifest } from "./made-parts.js";
import { inputPartsOf, type Maker, type Manifest, type Part, partsOf } from "./manifest.js";
import { MetricCounter } from "./metrics.js";
import type { Options, OptionValues } from "./options.js";
import { readRecords } from "./part-reader.js";
import { PartWriter } from "./part-writer.js";
import { keyBelow } from "./places.js";
import { readManifest } from "./read-manifest.js";
import { recipeSections } from "./recipe.js";
import type { TaskContext } from "./run-task.js";
import { type Kind, refuseRemovals, refuseWrongSums, type StepSums } from "./step-sums.js";
import { Tally } from "./tally.js";

type Scalar = string | number | boolean | null;

/** What the work of a step is given. */
export interface Step<Settings> {
  readonly input: Manifest;
  readonly settings: Settings;
  readonly documents: Tally;
  readonly chunks: Tally;
  readonly metrics: MetricCounter;
  /** The records of the input's parts of that name, hashes and number checked. */
  records<T>(name: string, parse: (value: unknown) => T): AsyncGenerator<T>;
  /** The writer of the output's parts of that name. */
  part(name: string): PartWriter;
}

export interface BatchStep<O extends Options, Settings> extends StepSums {
  /** Parts of the input that the output lists too, for the tasks after. */
  readonly passesOn?: readonly string[];
  /** False for steps that act on a database: what they did to another one says nothing about this one. */
  readonly reusable: boolean;
  /** Kind of record whose losses the recipe limits (limits.batch). */
  readonly limited?: Kind;
  /** Options and recipe to what the work needs, and to the scalars that the manifest and the fingerprint record. */
  resolve(
    options: OptionValues<O>,
    context: TaskContext<O>,
  ): { readonly settings: Settings; readonly recorded: Readonly<Record<string, Scalar>> };
  work(step: Step<Settings>, context: TaskContext<O>): Promise<void>;
}

/** The `run` of a task that turns a batch's manifest into the next one. */
export function batchStep<O extends Options, Settings>(definition: BatchStep<O, Settings>): (context: TaskContext<O>) => Promise<void> {
  return async (context) => {
    const { store, place } = context;
    const inputKey = keyBelow(place.root, context.options.in);
    if (inputKey === null) throw invalidConfig("bad_in", `--in "${context.options.in}" lies outside the root of --out`);
    const { manifest: input, sha256 } = await readManifest(store, inputKey);
    const { settings, recorded } = definition.resolve(context.options, context);
    const dependencies = dependenciesOf(context, recorded);
    const base = baseOf(context, input, dependencies, definition.reusable);
    const read = inputPartsOf(input);
    const inputs = [{ uri: context.options.in, sha256 }, ...read.map(({ uri, sha256 }) => ({ uri, sha256 }))];
    const found = definition.reusable && !context.options.force ? await findMade(context, base.fingerprint!) : null;
    const made = found ?? (await make(definition, context, input, settings, base, methodOf(dependencies), inputs));
    const manifest = found ? reusedManifest(found, base, inputs, context) : made;
    if (definition.limited) refuseRemovals(context.recipe.limits.batch, definition.limited, manifest); // reused parts too: the limit may be a new one
    if (!(await putManifest(store, place.key, manifest))) context.logger.warn("a later attempt was done first");
    context.logger.info(found ? "reused" : "completed", {
      documents: manifest.counts.documents.kept,
      chunks: manifest.counts.chunks.kept,
      seconds: (Date.parse(manifest.finishedAt) - Date.parse(manifest.startedAt)) / 1000,
    });
  };
}

type Base = Pick<
  Manifest,
  "schema" | "task" | "batchId" | "run" | "attempt" | "codeVersion" | "imageDigest" | "recipe" | "options" | "startedAt" | "fingerprint"
>;

type StepDependencies = Omit<Dependencies, "parts" | "options"> & { readonly options: Readonly<Record<string, Scalar>> };

function dependenciesOf(context: TaskContext, options: StepDependencies["options"]): StepDependencies {
  const { task, sections, codeVersion } = context;
  return { task, options, recipe: sections.length > 0 ? recipeSections(context.recipe, sections) : {}, codeVersion }; // a task without sections has no recipe
}

function baseOf(context: TaskContext, input: Manifest, dependencies: StepDependencies, reusable: boolean): Base {
  const { task, place, sections } = context;
  if (place.runId !== input.run.id || place.batchId !== input.batchId)
    throw invalidConfig(
      "bad_in",
      `--in is batch "${input.batchId}" of run "${input.run.id}", --out is "${place.batchId}" of "${place.runId}"`,
    );
  const parts = inputPartsOf(input).map(({ sha256 }) => sha256);
  return {
    schema: "manifest/1",
    task,
    batchId: input.batchId,
    run: input.run,
    attempt: context.attempt,
    codeVersion: context.codeVersion,
    imageDigest: context.imageDigest,
    recipe: sections.length > 0 ? { name: context.recipe.name, sha256: context.recipe.sha256 } : null,
    options: { ...dependencies.options },
    startedAt: context.startedAt,
    fingerprint: reusable ? fingerprintOf({ ...dependencies, parts }) : null,
  };
}

/** The same parts, seen from this run. */
function reusedManifest(made: Manifest, base: Base, inputs: Manifest["inputs"], context: TaskContext): Manifest {
  // A try that goes on after a lost one of the same run finds what that one made: the run made it, so it is not reused.
  const reused = made.run.id !== base.run.id;
  return { ...made, ...base, inputs, reused, finishedAt: context.clock().toISOString() };
}

async function make<O extends Options, Settings>(
  definition: BatchStep<O, Settings>,
  context: TaskContext<O>,
  input: Manifest,
  settings: Settings,
  base: Base,
  method: string,
  inputs: Manifest["inputs"],
): Promise<Manifest> {
  const writers = new Map<string, PartWriter>();
  const step = openStep(context, input, settings, base.fingerprint, writers);
  await definition.work(step, context);
  context.signal.throwIfAborted();
  const parts: Part[] = [];
  for (const writer of writers.values()) parts.push(...(await writer.close()));
  for (const name of definition.passesOn ?? []) parts.push(...partsOf(input, name));
  const finishedAt = context.clock().toISOString();
  const manifest: Manifest = {
    ...base,
    finishedAt,
    reused: false,
    makers: [...input.makers, makerOf(base, method, finishedAt)],
    inputs,
    parts,
    counts: { documents: step.documents.toCounts(), chunks: step.chunks.toCounts() },
    metrics: step.metrics.toMetrics(),
  };
  refuseWrongSums(definition, input, manifest);
  if (definition.reusable) await publish(context, manifest);
  return manifest;
}

function openStep<Settings>(
  context: TaskContext,
  input: Manifest,
  settings: Settings,
  fingerprint: string | null,
  writers: Map<string, PartWriter>,
): Step<Settings> {
  const { store, place } = context;
  const folder = partFolderOf(context, fingerprint ?? "none");
  return {
    input,
    settings,
    documents: new Tally(),
    chunks: new Tally(),
    metrics: new MetricCounter(),
    records: (name, parse) => readRecords({ store, root: place.root }, partsOf(input, name), parse),
    part(name) {
      const writer = writers.get(name) ?? new PartWriter(folder, name);
      writers.set(name, writer);
      return writer;
    },
  };
}

/** The maker that a step's own manifest names. */
export function makerOf(base: Base, method: string, finishedAt: string): Maker {
  const { task, run, batchId, attempt, fingerprint, codeVersion, recipe, options, startedAt } = base;
  return { task, runId: run.id, batchId, attempt, fingerprint, method, codeVersion, recipe, options, startedAt, finishedAt };
}
