/** Identities derived from content: the same input gives the same id on every machine, at every try. */
import { createHash } from "node:crypto";

/** Lower-case hex sha256 of bytes, or of a string's UTF-8 form. */
export function sha256Of(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}

/** A uuid (RFC 9562 version 8: custom, from a hash) made of the first 128 bits of sha256 over length-prefixed parts. */
export function uuidOf(...parts: readonly (string | number)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) {
    const bytes = Buffer.from(String(part));
    hash.update(`${bytes.length}:`).update(bytes); // the length keeps ("ab","c") apart from ("a","bc")
  }
  const bytes = hash.digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Document identity: dataset and percent-encoded path below the source root. A rename is a new document; a moved root is not. */
export function documentIdOf(dataset: string, path: string): string {
  return uuidOf("document", dataset, path);
}

/** Chunk identity: where it lies in which version of which document, and the exact stored text. */
export function chunkIdOf(documentId: string, rawSha256: string, charStart: number, charEnd: number, textSha256: string): string {
  return uuidOf("chunk", documentId, rawSha256, charStart, charEnd, textSha256);
}

/** Identity of one transformation (a task applied to a batch in a run): computable without a database. Batch "" for ingest and lineage. */
export function transformationIdOf(runId: string, task: string, batchId: string): string {
  return uuidOf("transformation", runId, task, batchId);
}

/** JSON with sorted keys and no white space: equal values give equal text, so it can be hashed. Undefined members are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}
