/** Tasks run in this process against a store in memory: the same path as the programs take, without the processes. */
import { mkdtempSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cleanChunkTask } from "@pipeline/clean-chunk/task";
import { ingestTask } from "@pipeline/ingest/task";
import { memoryObjectStore } from "@pipeline/shared/adapters/memory-object-store";
import { silentLogger } from "@pipeline/shared/logger";
import { type Manifest, manifestSchema, type RunManifest, runManifestSchema } from "@pipeline/shared/manifest";
import { readRecords } from "@pipeline/shared/part-reader";
import type { ObjectStore } from "@pipeline/shared/ports/object-store";
import { execute, type TaskDefinition } from "@pipeline/shared/run-task";
import { validateTask } from "@pipeline/validate/task";
import { textFilesOf } from "./corpora.js";

// biome-ignore lint/suspicious/noExplicitAny: a list of tasks with different options
type AnyTask = TaskDefinition<any>;

const ROOT = "file:///pipeline";

export interface PipelineOptions {
  readonly store?: ObjectStore;
  readonly codeVersion?: string;
  readonly signal?: AbortSignal;
  readonly environment?: NodeJS.ProcessEnv;
  readonly clock?: () => Date;
}

/** A pipeline over a store that all its runs share. */
export class Pipeline {
  readonly store: ObjectStore;
  readonly root = { scheme: "file", bucket: "", key: "pipeline" } as const;

  constructor(private readonly options: PipelineOptions = {}) {
    this.store = options.store ?? memoryObjectStore();
  }

  /** Runs one task; rejects as the program would exit. */
  async task(task: AnyTask, input: string, out: string, flags: readonly string[] = [], world: PipelineOptions = {}): Promise<void> {
    const { codeVersion = "test-code", signal = new AbortController().signal, environment = {}, clock } = { ...this.options, ...world };
    const argv = ["--in", input, "--out", `${ROOT}/${out}`, ...flags];
    await execute(task, {
      argv,
      environment,
      signal,
      codeVersion,
      logger: silentLogger,
      openStore: () => this.store,
      ...(clock && { clock }),
    });
  }

  async ingest(folder: string, run: string, flags: readonly string[] = [], world: PipelineOptions = {}): Promise<RunManifest> {
    await this.task(ingestTask, `file://${folder}`, `runs/${run}/ingest.json`, flags, world);
    return runManifestSchema.parse(await this.json(`runs/${run}/ingest.json`));
  }

  async cleanChunk(run: string, batch: string, flags: readonly string[] = [], world: PipelineOptions = {}): Promise<Manifest> {
    await this.task(cleanChunkTask, `${ROOT}/runs/${run}/ingest/${batch}.json`, `runs/${run}/clean-chunk/${batch}.json`, flags, world);
    return this.manifest(`runs/${run}/clean-chunk/${batch}.json`);
  }

  async validate(run: string, batch: string, flags: readonly string[] = [], world: PipelineOptions = {}): Promise<Manifest> {
    await this.task(validateTask, `${ROOT}/runs/${run}/clean-chunk/${batch}.json`, `runs/${run}/validate/${batch}.json`, flags, world);
    return this.manifest(`runs/${run}/validate/${batch}.json`);
  }

  async manifest(key: string): Promise<Manifest> {
    return manifestSchema.parse(await this.json(key));
  }

  async json(key: string): Promise<unknown> {
    const stored = await this.store.get(key);
    if (!stored) throw new Error(`${key} is not there`);
    return JSON.parse(stored.body.toString("utf8"));
  }

  /** All records of a manifest's parts of that name. */
  async records<T>(manifest: Manifest, name: string): Promise<T[]> {
    const parts = manifest.parts.filter((part) => part.name === name);
    const records: T[] = [];
    for await (const record of readRecords({ store: this.store, root: this.root }, parts, (value) => value as T)) records.push(record);
    return records;
  }

  async keys(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const key of this.store.list(prefix)) keys.push(key);
    return keys;
  }
}

/** A folder with these files in it. */
export async function folderOf(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "documents-"));
  for (const [name, content] of Object.entries(files)) await addFile(folder, name, content);
  return folder;
}

/** Adds or replaces one file. */
export async function addFile(folder: string, name: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), content);
}

const speeches = textFilesOf("sotu");

/** Some sentences of ordinary prose on one line, other ones for every number. */
export function prose(seed: number, sentences = 12): string {
  const speech = readFileSync(speeches[seed % speeches.length]!, "utf8").replace(/\s+/g, " ");
  const all = speech.match(/[A-Z][^.?!]{20,300}[.?!](?= )/g) ?? [];
  const from = (seed * 7) % Math.max(1, all.length - sentences);
  return all.slice(from, from + sentences).join(" ");
}

/** The error that a promise rejects with; fails when it resolves. */
export async function errorOf(promise: Promise<unknown>): Promise<{ code?: string; exitCode?: number; message: string }> {
  try {
    await promise;
  } catch (error) {
    return error as { code?: string; exitCode?: number; message: string };
  }
  throw new Error("expected a rejection");
}
