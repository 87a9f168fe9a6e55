/** Manifests and attempts to rows of the lineage table: one per transformation of the run, and the makers that its reused parts name. */

import { transformationIdOf } from "@pipeline/shared/ids";
import type { Maker, Manifest, Part } from "@pipeline/shared/manifest";
import type { LineageObject, TransformationRow } from "@pipeline/shared/postgres/entities/lineage";
import type { LineageAttempt } from "@pipeline/shared/postgres/entities/lineage-attempt";
import { transformationOfMaker } from "@pipeline/shared/postgres/transformation";
import type { AttemptOutcome } from "./attempts.js";
import type { RunObjects } from "./read-run.js";

export interface LineageRows {
  /** Of earlier runs: they are there, unless this database is younger than the parts. */
  readonly makers: readonly TransformationRow[];
  readonly own: readonly TransformationRow[];
  readonly attempts: readonly LineageAttempt[];
}

const UNKNOWN_CODE = "unknown"; // a step that ended without a manifest told nobody which code it ran

/** All that the run's objects say of its transformations. */
export function lineageRowsOf(runId: string, objects: RunObjects, attempts: readonly AttemptOutcome[]): LineageRows {
  const completed = completedOf(objects);
  const rows = completed.map(({ manifest, maker }) => rowOf(manifest, maker, lastAttempt(attempts, manifest)));
  const known = new Set(rows.map(({ id }) => id));
  const others = attempts.filter((attempt) => !known.has(idOf(runId, attempt)));
  const newest = new Map(others.map((attempt) => [idOf(runId, attempt), attempt])); // attempts come in order: the last one stays
  const own = [...rows, ...[...newest.values()].map((attempt) => unfinishedRow(runId, attempt))];
  const makers = completed.flatMap(({ maker }) => (maker && maker.runId !== runId ? transformationOfMaker(maker) : []));
  return {
    makers: inOrder([...new Map(makers.map((row) => [row.id, row])).values()]),
    own: inOrder(own),
    attempts: attempts.map((attempt) => attemptRow(runId, attempt)),
  };
}

interface Completed {
  readonly manifest: Manifest;
  readonly maker: Maker | undefined;
}

/** Ingest is one transformation of the whole run, whatever the number of its batches. */
function completedOf({ ingest, manifests }: RunObjects): Completed[] {
  const later = manifests.filter(({ manifest }) => manifest.task !== "ingest");
  const steps = later.map(
    ({ manifest }): Completed => ({ manifest, maker: manifest.makers.findLast(({ task }) => task === manifest.task) }),
  );
  if (!ingest) return steps;
  const { complete: _, batches: __, ...whole } = ingest.manifest;
  const makers = manifests.filter(({ manifest }) => manifest.task === "ingest").flatMap(({ manifest }) => manifest.makers);
  const newest = makers.sort((a, b) => (a.finishedAt < b.finishedAt ? 1 : -1))[0];
  return [{ manifest: { ...whole, schema: "manifest/1" }, maker: newest }, ...steps];
}

function rowOf(manifest: Manifest, maker: Maker | undefined, attempt: AttemptOutcome | undefined): TransformationRow {
  const { task, batchId, run, recipe, codeVersion, imageDigest, options, counts, inputs, parts } = manifest;
  const id = transformationIdOf(run.id, task, batchId);
  const madeBy = manifest.reused && maker ? transformationIdOf(maker.runId, maker.task, maker.batchId) : id;
  const isReused = madeBy !== id; // parts that an earlier attempt of this very step has made are its own
  return {
    id,
    runId: run.id,
    task,
    batchId,
    status: isReused ? "reused" : "ok",
    madeBy: isReused ? madeBy : null,
    inputs,
    outputs: parts.map(objectOf),
    counts,
    options,
    recipeName: recipe?.name ?? null,
    recipeSha256: recipe?.sha256 ?? null,
    codeVersion,
    imageDigest,
    orchestrator: attempt?.orchestrator ?? {},
    startedAt: new Date(manifest.startedAt),
    finishedAt: new Date(manifest.finishedAt),
    errorCode: null,
  };
}

/** A part as the lineage names it. */
export const objectOf = ({ name, uri, sha256, records }: Part): LineageObject => ({ name, uri, sha256, records });

/** A step of which only its attempts are known. */
function unfinishedRow(runId: string, attempt: AttemptOutcome): TransformationRow {
  const { task, batchId, status, errorCode, orchestrator, startedAt, finishedAt } = attempt;
  return {
    ...{ id: idOf(runId, attempt), runId, task, batchId, status, madeBy: null, inputs: [], outputs: [], counts: {}, options: {} },
    ...{ recipeName: null, recipeSha256: null, codeVersion: UNKNOWN_CODE, imageDigest: null, orchestrator },
    startedAt: new Date(startedAt),
    finishedAt: finishedAt === null ? null : new Date(finishedAt),
    errorCode: status === "failed" ? (errorCode ?? "unexpected") : null,
  };
}

function attemptRow(runId: string, outcome: AttemptOutcome): LineageAttempt {
  const { attempt, status, errorCode, startedAt, finishedAt } = outcome;
  const times = { startedAt: new Date(startedAt), finishedAt: finishedAt === null ? null : new Date(finishedAt) };
  return { lineageId: idOf(runId, outcome), attempt, status, errorCode, ...times };
}

const idOf = (runId: string, { task, batchId }: Pick<AttemptOutcome, "task" | "batchId">): string =>
  transformationIdOf(runId, task, batchId);

function lastAttempt(attempts: readonly AttemptOutcome[], { task, batchId }: Manifest): AttemptOutcome | undefined {
  return attempts.findLast((attempt) => attempt.task === task && attempt.batchId === batchId);
}

/** In order of their ids: two writers of the same rows then wait for each other in one direction only. */
function inOrder(rows: readonly TransformationRow[]): TransformationRow[] {
  return [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
}
