/** Whether a run found everything done: every part made by an earlier run, every document in the database as it should be. */
import type { ObjectStore } from "@pipeline/shared/ports/object-store";
import { readManifest, readRunManifest } from "@pipeline/shared/read-manifest";

/** True when no part was made and no row of a document was written. False while a step's manifest is missing. */
export async function foundEverythingDone(store: ObjectStore, runId: string): Promise<boolean> {
  const run = await readRunManifest(store, `runs/${runId}/ingest.json`);
  if (!run.manifest.reused) return false;
  for (const { id } of run.manifest.batches) if (!(await isBatchDone(store, runId, id))) return false;
  return true;
}

async function isBatchDone(store: ObjectStore, runId: string, batch: string): Promise<boolean> {
  for (const task of ["clean-chunk", "validate"]) {
    const { manifest } = await readManifest(store, `runs/${runId}/${task}/${batch}.json`);
    if (!manifest.reused) return false;
  }
  const { manifest: load } = await readManifest(store, `runs/${runId}/load/${batch}.json`);
  return load.metrics.unchanged === load.counts.documents.in;
}
