/** Parts that an earlier run or attempt has made: found by fingerprint, trusted only when every byte is still there. */
import { EXIT, PipelineError } from "./errors.js";
import { type Manifest, manifestSchema, type RunManifest } from "./manifest.js";
import { arePartsWhole } from "./part-reader.js";
import type { PartFolder } from "./part-writer.js";
import { uriBelow } from "./places.js";
import type { ObjectStore } from "./ports/object-store.js";
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

/** Names the parts as made. Another attempt may have been first: its parts are equal. */
export async function publish(context: Pick<TaskContext, "task" | "store">, manifest: Manifest): Promise<void> {
  await putManifest(context.store, madeKey(context.task, manifest.fingerprint!), manifest);
}

/**
 * Stores a manifest, also over an earlier one. False when one of an attempt that began later is there: whoever was frozen, and wakes after
 * its successor is done, must not change what others have read of that one.
 */
export async function putManifest(store: ObjectStore, key: string, manifest: Manifest | RunManifest): Promise<boolean> {
  const body = bytesOf(manifest);
  for (;;) {
    if (await store.putIfAbsent(key, body)) return true;
    const present = await store.get(key);
    if (present === null) continue; // removed between the two
    if (startedAtOf(present.body) > manifest.startedAt) return false;
    if (await store.replaceIfMatch(key, body, present.etag)) return true;
  }
}

/** Empty where the bytes are no manifest: what is damaged is older than anything. */
function startedAtOf(body: Buffer): string {
  try {
    const { startedAt } = JSON.parse(body.toString("utf8")) as Partial<Manifest>;
    return typeof startedAt === "string" ? startedAt : "";
  } catch {
    return "";
  }
}
