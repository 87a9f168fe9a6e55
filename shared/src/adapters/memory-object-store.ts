/** The object store as a map: the reference that the other adapters are held against. */
import { Readable } from "node:stream";
import { sha256Of } from "../ids.js";
import type { ObjectHead, ObjectStore } from "../ports/object-store.js";
import { checkedKey } from "../uri.js";

export function memoryObjectStore(): ObjectStore {
  const objects = new Map<string, Buffer>();
  const headOf = (body: Buffer): ObjectHead => ({ sizeBytes: body.length, etag: sha256Of(body) });
  const found = (key: string): Buffer | undefined => objects.get(checkedKey(key));
  const write = (key: string, body: Buffer): void => {
    objects.set(checkedKey(key), Buffer.from(body)); // a copy: the caller may reuse its buffer
  };
  return {
    async get(key) {
      const body = found(key);
      return body ? { body: Buffer.from(body), ...headOf(body) } : null;
    },
    async stream(key, range) {
      const body = found(key);
      return body ? Readable.from([Buffer.from(range ? body.subarray(range.start, range.end) : body)]) : null;
    },
    async head(key) {
      const body = found(key);
      return body ? headOf(body) : null;
    },
    async put(key, body) {
      write(key, body);
    },
    async putIfAbsent(key, body) {
      if (found(key)) return false;
      write(key, body);
      return true;
    },
    async replaceIfMatch(key, body, etag) {
      const present = found(key);
      if (!present || headOf(present).etag !== etag) return false;
      write(key, body);
      return true;
    },
    async *list(prefix) {
      const keys = [...objects.keys()].filter((key) => key.startsWith(prefix));
      yield* keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    },
    async delete(key) {
      objects.delete(checkedKey(key));
    },
  };
}
