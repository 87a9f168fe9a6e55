/** Where parts and manifests live: a small port that a folder, a bucket or a map can be. Missing is a value (null), never an exception. */
import type { Readable } from "node:stream";

export interface ObjectHead {
  readonly sizeBytes: number;
  /** Changes whenever the content does; only compared, never read. */
  readonly etag: string;
}

export interface StoredObject extends ObjectHead {
  readonly body: Buffer;
}

/** Keys are relative, with "/" between segments; see checkedKey. Adapters throw PipelineError for what tables know. */
export interface ObjectStore {
  /** The whole object: for manifests and other small ones. */
  get(key: string): Promise<StoredObject | null>;
  /** The object's bytes from `start` up to but without `end`, streamed; all of it without a range. */
  stream(key: string, range?: { start: number; end: number }): Promise<Readable | null>;
  head(key: string): Promise<ObjectHead | null>;
  /** Writes or replaces; readers see the old object or the new one, never half of it. */
  put(key: string, body: Buffer): Promise<void>;
  /** Writes only where nothing is: false when something was there. Of many writers exactly one gets true. */
  putIfAbsent(key: string, body: Buffer): Promise<boolean>;
  /** Writes only over the version that `etag` names: false when it is another or gone. */
  replaceIfMatch(key: string, body: Buffer, etag: string): Promise<boolean>;
  /** Keys that start with the prefix, in ascending order of their UTF-8 bytes. */
  list(prefix: string): AsyncIterable<string>;
  /** Removes; nothing happens where nothing is. */
  delete(key: string): Promise<void>;
}
