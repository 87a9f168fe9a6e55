/** A run's manifests to what does not add up between them, in words: each step against the one before it, and all against ingest's list. */
import { EXIT } from "@pipeline/shared/errors";
import { inputPartsOf, type Manifest, type RunManifest } from "@pipeline/shared/manifest";
import { TASKS } from "../report/run-figures.js";
import type { AttemptOutcome } from "./attempts.js";
import type { RunObjects } from "./read-run.js";

type Kind = keyof Manifest["counts"];
type Figure = "in" | "kept";

/** What one step hands over and another receives: the two figures must be one. */
const HANDOVERS: readonly { from: string; to: string; kind: Kind; given: Figure }[] = [
  { from: "ingest", to: "clean-chunk", kind: "documents", given: "in" }, // also what could not be read goes on, as a failure
  { from: "clean-chunk", to: "validate", kind: "chunks", given: "kept" },
  { from: "clean-chunk", to: "load", kind: "documents", given: "in" },
  { from: "validate", to: "load", kind: "chunks", given: "kept" },
];

/** Empty when every document and chunk is accounted for. The sums within a manifest were checked when it was read. */
export function imbalancesOf({ ingest, manifests, damaged }: RunObjects, attempts: readonly AttemptOutcome[]): string[] {
  if (!ingest) return foundNothing(attempts) ? [...damaged] : [...damaged, `ingest has no manifest: ${lastWordOf(attempts, "ingest", "")}`];
  const byTask = new Map(manifests.map(({ manifest }) => [`${manifest.task}/${manifest.batchId}`, manifest]));
  const batches = ingest.manifest.batches.flatMap((batch) => {
    const steps = new Map(TASKS.flatMap((task) => entryOf(task, byTask.get(`${task}/${batch.id}`))));
    const wrong = [...missingStep(batch.id, steps, attempts), ...brokenHandovers(steps), ...staleSteps(steps)];
    const listed = steps.get("ingest")?.counts.documents.in ?? batch.documents;
    if (listed !== batch.documents) wrong.push(`ingest listed ${batch.documents} documents, its manifest of the batch ${listed}`);
    return wrong.map((text) => `batch ${batch.id}: ${text}`);
  });
  return [...damaged, ...listImbalance(ingest.manifest), ...batches];
}

/** Ingest's last word was that the source holds nothing: there is nothing to account for. */
function foundNothing(attempts: readonly AttemptOutcome[]): boolean {
  return attempts.findLast(({ task }) => task === "ingest")?.exitCode === EXIT.nothingToDo;
}

const entryOf = (task: string, manifest: Manifest | undefined): [string, Manifest][] => (manifest ? [[task, manifest]] : []);

/** Only the first: those after it are missing because it is. */
function missingStep(batchId: string, steps: ReadonlyMap<string, Manifest>, attempts: readonly AttemptOutcome[]): string[] {
  const missing = TASKS.find((task) => !steps.has(task));
  return missing ? [`${missing} has no manifest: ${lastWordOf(attempts, missing, batchId)}`] : [];
}

function brokenHandovers(steps: ReadonlyMap<string, Manifest>): string[] {
  return HANDOVERS.flatMap(({ from, to, kind, given }) => {
    const [giver, taker] = [steps.get(from), steps.get(to)];
    if (!giver || !taker || giver.counts[kind][given] === taker.counts[kind].in) return [];
    return [`${from} handed over ${giver.counts[kind][given]} ${kind}, ${to} received ${taker.counts[kind].in}`];
  });
}

/** A step that was run again leaves those after it with parts that nobody names any more. */
function staleSteps(steps: ReadonlyMap<string, Manifest>): string[] {
  return TASKS.slice(1).flatMap((task, index) => {
    const [before, own] = [steps.get(TASKS[index]!), steps.get(task)];
    if (!before || !own) return [];
    const read = new Set(own.inputs.map(({ sha256 }) => sha256));
    const isStale = inputPartsOf(before).some(({ sha256 }) => !read.has(sha256));
    return isStale ? [`${task} read other parts than ${before.task} now names: run it again`] : [];
  });
}

function listImbalance({ batches, counts }: RunManifest): string[] {
  const listed = batches.reduce((sum, { documents }) => sum + documents, 0);
  return listed === counts.documents.in ? [] : [`ingest counted ${counts.documents.in} documents, its batches hold ${listed}`];
}

/** How the newest try of a step ended. */
function lastWordOf(attempts: readonly AttemptOutcome[], task: string, batchId: string): string {
  const last = attempts.filter((attempt) => attempt.task === task && attempt.batchId === batchId).at(-1);
  if (!last) return "it never began";
  if (last.status === "failed") return `attempt ${last.attempt} failed with ${last.errorCode}`;
  return last.status === "lost"
    ? `attempt ${last.attempt} began and never ended`
    : `attempt ${last.attempt} ended well, and its manifest is gone`;
}
