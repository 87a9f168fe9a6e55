/** Parts that an earlier run or attempt has made: found by fingerprint, trusted only when every byte is still there. */
import { EXIT, PipelineError } from "./errors.js";
import { type Manifest, manifestSchema, type RunManifest } from "./manifest.js";
import { arePartsWhole } from "./part-reader.js";
import type { PartFolder } from "./part-writer.js";
import { uriBelow } from "./places.js";
import { checkedManifest } from "./read-manifest.js";
import type { TaskContext } from "./run-task.js";

const madeKey = (task: string, fingerprint: string): string => `parts/${task}/${fingerprint}/manifest.json`;

/** Where the parts of that fingerprint go. */
export function partFolderOf({ task, store, place }: Pick<TaskContext, "task" | "store" | "place">, fingerprint: string): PartFolder {
  return { store, prefix: `parts/${task}/${fingerprint}/`, uriOf: (key) => uriBelow(place.root, key) };
}

/** A manifest as it is stored. */
export const bytesOf = (manifest: Manifest | RunManifest): Buffer => Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);

/** The manifest of parts made before, when all of them are still whole. */
export async function findMade(
  context: Pick<TaskContext, "task" | "store" | "place" | "logger">,
  fingerprint: string,
): Promise<Manifest | null> {
  const key = madeKey(context.task, fingerprint);
  const stored = await context.store.get(key);
  if (!stored) return null;
  try {
    const manifest = checkedManifest(stored.body, key, manifestSchema);
    const reader = { store: context.store, root: context.place.root };
    if (await arePartsWhole(reader, manifest.parts)) return manifest;
    context.logger.warn("parts damaged or gone: making them again", { fingerprint });
  } catch (error) {
    const isDamage = error instanceof PipelineError && error.exitCode === EXIT.invalidData;
    if (!isDamage) throw error;
    context.logger.warn("manifest of parts unreadable: making them again", { fingerprint, errorCode: error.code });
  }
  return null;
}

/** Names the parts as made. Another attempt may have been first: its parts are equal, so either manifest may stand. */
export async function publish(context: Pick<TaskContext, "task" | "store">, manifest: Manifest): Promise<void> {
  const key = madeKey(context.task, manifest.fingerprint!);
  if (await context.store.putIfAbsent(key, bytesOf(manifest))) return;
  const present = await context.store.head(key);
  if (present) await context.store.replaceIfMatch(key, bytesOf(manifest), present.etag);
}
