/** What a step's parts depend on, as one hash: equal fingerprints mean equal parts, so they need not be made again. */
import { canonicalJson, sha256Of } from "./ids.js";

export interface Dependencies {
  readonly task: string;
  /** sha256 of each part that is read; never of manifests, which hold times. */
  readonly parts: readonly string[];
  /** The task's options as resolved. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The sections of the recipe that the task reads, without their reasons. */
  readonly recipe: Readonly<Record<string, unknown>>;
  readonly codeVersion: string;
}

/** sha256 of the canonical JSON of all dependencies; the order of the parts does not matter. */
export function fingerprintOf({ parts, ...rest }: Dependencies): string {
  return sha256Of(canonicalJson({ ...rest, parts: [...parts].sort() }));
}

/** Of the same dependencies all but what is read: what decides the output of a document, whatever lies beside it in its batch. */
export function methodOf(dependencies: Omit<Dependencies, "parts">): string {
  return fingerprintOf({ ...dependencies, parts: [] });
}
