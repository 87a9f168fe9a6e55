/** Whole runs in this process over a real database: fast enough to run one after every change of a folder. */
import { lineageTask } from "@pipeline/lineage/task";
import { loadTask } from "@pipeline/load/task";
import type { Metrics } from "@pipeline/shared/metrics";
import { runSql } from "./postgres.js";
import { Pipeline } from "./steps.js";

const ROOT = "file:///pipeline";

export interface RunOptions {
  /** Flags by task. */
  readonly ingest?: readonly string[];
  readonly cleanChunk?: readonly string[];
  readonly validate?: readonly string[];
  readonly codeVersion?: string;
  /** Order in which the batches are loaded. */
  readonly order?: (batches: readonly string[]) => readonly string[];
}

/** What a run did. */
export interface WholeRun {
  readonly batches: readonly string[];
  /** Batches that each task made parts for, not finding them made. */
  readonly made: Readonly<Record<"ingest" | "cleanChunk" | "validate", number>>;
  /** Documents that load inserted, replaced, left unchanged. */
  readonly loaded: Metrics;
}

/** Runs of one dataset, in the order of their calls. */
export class WholeRuns {
  readonly pipeline = new Pipeline();
  private runs = 0;

  constructor(readonly databaseUrl: string) {}

  async run(folder: string, options: RunOptions = {}): Promise<WholeRun> {
    const { pipeline } = this;
    const run = `run-${++this.runs}`;
    const clock = clockFrom(Date.UTC(2026, 10, this.runs));
    const world = { codeVersion: options.codeVersion ?? "test-code", environment: { DATABASE_URL: this.databaseUrl }, clock };
    const { batches } = await pipeline.ingest(folder, run, ["--batch-documents", "4", ...(options.ingest ?? [])], world);
    const ids = batches.map(({ id }) => id);
    const made = { ingest: 0, cleanChunk: 0, validate: 0 };
    const loaded: Record<string, number> = { inserted: 0, replaced: 0, unchanged: 0, superseded: 0 };
    for (const id of options.order?.(ids) ?? ids) {
      made.ingest += Number(!(await pipeline.manifest(`runs/${run}/ingest/${id}.json`)).reused);
      made.cleanChunk += Number(!(await pipeline.cleanChunk(run, id, options.cleanChunk, world)).reused);
      made.validate += Number(!(await pipeline.validate(run, id, options.validate, world)).reused);
      await pipeline.task(loadTask, `${ROOT}/runs/${run}/validate/${id}.json`, `runs/${run}/load/${id}.json`, [], world);
      const { metrics } = await pipeline.manifest(`runs/${run}/load/${id}.json`);
      for (const kind of Object.keys(loaded)) loaded[kind]! += Number(metrics[kind] ?? 0);
    }
    await pipeline.task(lineageTask, `${ROOT}/runs/${run}/`, `runs/${run}/lineage.json`, [], world);
    return { batches: ids, made, loaded };
  }

  /** Path -> texts of its chunks in order, of what the corpus shows. */
  async corpus(): Promise<Record<string, string[]>> {
    const sql = "select path, array_agg(text order by ordinal) as texts from corpus_chunk group by path order by path";
    const rows = await runSql(this.databaseUrl, sql);
    return Object.fromEntries(rows.map(({ path, texts }) => [String(path), texts as string[]]));
  }

  /** Path -> the version of its chunks' rows: another one means that they were written again. */
  async written(): Promise<Record<string, string>> {
    const sql = `select d.path, string_agg(c.xmin::text, ' ' order by c.ordinal) as version
      from document d join chunk c on c.document_id = d.id group by d.path order by d.path`;
    return Object.fromEntries((await runSql(this.databaseUrl, sql)).map(({ path, version }) => [String(path), String(version)]));
  }
}

/** A second passes between two looks. */
function clockFrom(start: number): () => Date {
  let now = start;
  return () => {
    now += 1_000;
    return new Date(now);
  };
}
