/** Stored bytes to a checked manifest: its shape, and that its sums hold. */
import { z } from "zod";
import { invalidData } from "./errors.js";
import { sha256Of } from "./ids.js";
import type { Manifest, RunManifest } from "./manifest.js";
import { manifestSchema, runManifestSchema } from "./manifest.js";
import type { ObjectStore } from "./ports/object-store.js";
import { imbalanceOf } from "./tally.js";

export interface Stored<T> {
  readonly manifest: T;
  readonly sha256: string;
}

/** The manifest at that key. Throws 65 (`missing_manifest`, `bad_manifest`, `unbalanced`) naming the key and what is wrong. */
export const readManifest = (store: ObjectStore, key: string): Promise<Stored<Manifest>> => readChecked(store, key, manifestSchema);

/** The run manifest at that key. Throws as readManifest. */
export const readRunManifest = (store: ObjectStore, key: string): Promise<Stored<RunManifest>> =>
  readChecked(store, key, runManifestSchema);

async function readChecked<T extends Pick<Manifest, "counts">>(store: ObjectStore, key: string, schema: z.ZodType<T>): Promise<Stored<T>> {
  const stored = await store.get(key);
  if (!stored) throw invalidData("missing_manifest", `${key} is not there: the step that writes it has not completed`);
  return { manifest: checkedManifest(stored.body, key, schema), sha256: sha256Of(stored.body) };
}

/** The manifest in some bytes; throws 65 as readManifest does. */
export function checkedManifest<T extends Pick<Manifest, "counts">>(body: Buffer, label: string, schema: z.ZodType<T>): T {
  const result = schema.safeParse(parsedJson(body, label));
  if (!result.success) throw invalidData("bad_manifest", `${label}: ${z.prettifyError(result.error).slice(0, 500)}`);
  refuseImbalance(label, result.data.counts);
  return result.data;
}

/** Throws 65 (`unbalanced`) when records of a kind have appeared or disappeared. */
export function refuseImbalance(label: string, { documents, chunks }: Manifest["counts"]): void {
  const wrong = imbalanceOf("documents", documents) ?? imbalanceOf("chunks", chunks);
  if (wrong) throw invalidData("unbalanced", `${label}: ${wrong}`);
}

function parsedJson(body: Buffer, label: string): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (error) {
    throw invalidData("bad_manifest", `${label} is no JSON: cut short or overwritten`, error);
  }
}
