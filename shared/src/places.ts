/** Where a step's objects lie: the root of the object store, this run's folder, and the step's own manifest, all read off `--out`. */
import { invalidConfig } from "./errors.js";
import { type ObjectUri, parseUri, uriOf } from "./uri.js";

export interface Place {
  /** The folder or bucket prefix above runs/ and parts/; its key is empty or ends without "/". */
  readonly root: ObjectUri;
  readonly runId: string;
  /** Key of the manifest to be written, below the root. */
  readonly key: string;
  /** Empty for the tasks that act on a whole run. */
  readonly batchId: string;
}

const OUT = /^(?:(.*)\/)?(runs\/([A-Za-z0-9._-]{1,200})\/([a-z][a-z0-9-]*)(?:\/([0-9a-f]{16}))?\.json)$/s;

/** Throws 78 (`bad_out`) unless the URI is <root>/runs/<run>/<task>.json or <root>/runs/<run>/<task>/<batch>.json for this task. */
export function placeOf(out: string, task: string): Place {
  const uri = parseUri(out);
  const match = OUT.exec(uri.key);
  if (!match || match[4] !== task)
    throw invalidConfig("bad_out", `--out "${out}": expected <root>/runs/<run>/${task}.json or <root>/runs/<run>/${task}/<batch>.json`);
  const [, root = "", key, runId, , batchId = ""] = match;
  return { root: { ...uri, key: root }, runId: runId!, key: key!, batchId };
}

/** The URI of a key below a root. */
export function uriBelow(root: ObjectUri, key: string): string {
  return uriOf({ ...root, key: root.key === "" ? key : `${root.key}/${key}` });
}

/** The key below the root of a URI; null when it lies elsewhere. */
export function keyBelow(root: ObjectUri, uri: string): string | null {
  const { scheme, bucket, key } = parseUri(uri);
  const prefix = root.key === "" ? "" : `${root.key}/`;
  return scheme === root.scheme && bucket === root.bucket && key.startsWith(prefix) ? key.slice(prefix.length) : null;
}
