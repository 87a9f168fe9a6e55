/** A batch's records to rows, in transactions of neighbouring documents; every document and chunk is accounted for. */
import { invalidData } from "@pipeline/shared/errors";
import type { MetricCounter } from "@pipeline/shared/metrics";
import type { Database } from "@pipeline/shared/postgres/database";
import type { TransformationRow } from "@pipeline/shared/postgres/entities/lineage";
import type { PipelineRun } from "@pipeline/shared/postgres/entities/pipeline-run";
import type { DocumentRecord } from "@pipeline/shared/records";
import type { Tally } from "@pipeline/shared/tally";
import { loadGroup, type Outcome } from "./load-group.js";
import { noteLineage, showLife } from "./note-lineage.js";
import type { LoadedDocument } from "./rows.js";

const MAX_DOCUMENTS = 200; // how many rows a transaction locks: few enough that a neighbour waits seconds, not minutes
const MAX_CHUNKS = 2_000; // about 4 MB of text: what one transaction holds in memory, unless one document alone has more

/** What holds for all documents of a batch. */
export interface LoadContext {
  readonly run: Omit<PipelineRun, "status" | "counts" | "finishedAt" | "createdAt" | "updatedAt">;
  /** The transformations that really made the parts, of this run or an earlier one. */
  readonly makers: { readonly ingest: TransformationRow; readonly cleanChunk: TransformationRow; readonly validate: TransformationRow };
  /** This very transformation. */
  readonly load: TransformationRow;
  readonly tokenizer: string;
  readonly maxTokens: number;
  /** What a document's rows are made from; null when that is not known, so that it is always loaded. */
  loadKeyOf(document: DocumentRecord): string | null;
  sourceUriOf(path: string): string;
}

/** Where the outcomes are counted. */
export interface LoadFigures {
  readonly documents: Tally;
  readonly chunks: Tally;
  readonly metrics: MetricCounter;
  /** Told of each document that the database refused. */
  refused(documentId: string, sqlState: string, subject: string): void;
}

/** Stores the documents, which must come in ascending order of their ids. Safe to repeat, and to run beside others of its kind. */
export async function loadBatch(
  database: Database,
  context: LoadContext,
  documents: AsyncIterable<LoadedDocument>,
  figures: LoadFigures,
  signal?: AbortSignal,
): Promise<void> {
  await database.transaction("noting the lineage", (manager) => noteLineage(manager, context));
  for await (const group of oneAhead(groupsOf(documents))) {
    signal?.throwIfAborted();
    const outcomes = await database.transaction("loading documents", async (manager) => {
      await showLife(manager, context);
      return loadGroup(manager, context, group);
    });
    for (const outcome of outcomes) count(outcome, figures);
  }
}

async function* groupsOf(documents: AsyncIterable<LoadedDocument>): AsyncGenerator<LoadedDocument[]> {
  let group: LoadedDocument[] = [];
  let chunks = 0;
  let last = "";
  for await (const loaded of documents) {
    const { id } = loaded.document;
    if (id <= last)
      throw invalidData("unordered", `document ${id} follows ${last}: the parts of a batch hold documents in ascending order`);
    last = id;
    if (group.length === MAX_DOCUMENTS || (group.length > 0 && chunks + loaded.accepted.length > MAX_CHUNKS)) {
      yield group;
      group = [];
      chunks = 0;
    }
    group.push(loaded);
    chunks += loaded.accepted.length;
  }
  if (group.length > 0) yield group;
}

/** Reads the next item while the current one is worked on: here the parts are read and parsed while the database stores. */
async function* oneAhead<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  const read = (): Promise<IteratorResult<T>> => {
    const next = items.next();
    next.catch(() => undefined); // whoever awaits it meets the error; until then it must not count as unhandled
    return next;
  };
  for (let next = read(); ; ) {
    const { done, value } = await next;
    if (done) return;
    next = read();
    yield value;
  }
}

function count(outcome: Outcome, figures: LoadFigures): void {
  const { document, accepted } = outcome.loaded;
  const { documents, chunks, metrics } = figures;
  documents.receive();
  chunks.receive(accepted.length);
  metrics.add(outcome.kind);
  if (outcome.kind === "superseded") {
    documents.supersede();
    chunks.supersede(accepted.length);
  } else if (outcome.kind === "refused") {
    documents.fail(outcome.code);
    if (accepted.length > 0) chunks.fail(outcome.code, accepted.length);
    figures.refused(document.id, outcome.sqlState, outcome.subject);
  } else {
    if (document.drop) documents.drop(document.drop.reason);
    else if (document.failure) documents.fail(document.failure.code);
    else documents.keep();
    chunks.keep(accepted.length);
  }
}
