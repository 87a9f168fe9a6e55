/** Parts to records, with the hash of the bytes checked as they pass. */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { invalidData } from "./errors.js";
import { decodeJsonl } from "./jsonl.js";
import type { Part } from "./manifest.js";
import { keyBelow } from "./places.js";
import type { ObjectStore } from "./ports/object-store.js";
import type { ObjectUri } from "./uri.js";

export interface Reader {
  readonly store: ObjectStore;
  readonly root: ObjectUri;
}

/** The records of parts, one after another. Throws 65 (`missing_part`, `bad_part`) when an object is gone, is another, or holds another number. */
export async function* readRecords<T>(reader: Reader, parts: readonly Part[], parse: (value: unknown) => T): AsyncGenerator<T> {
  for (const part of parts) {
    let records = 0;
    for await (const record of decodeJsonl(await openPart(reader, part), parse, part.uri)) {
      records++;
      yield record;
    }
    if (records !== part.records) throw invalidData("bad_part", `${part.uri}: ${records} records where its manifest says ${part.records}`);
  }
}

/** The whole of one part's bytes. Throws as readRecords does. */
export async function readBytes(reader: Reader, part: Part): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of await openPart(reader, part)) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Whether every part is there with the bytes that its manifest names. */
export async function arePartsWhole(reader: Reader, parts: readonly Part[]): Promise<boolean> {
  for (const part of parts) {
    const key = keyBelow(reader.root, part.uri);
    const stream = key === null ? null : await reader.store.stream(key);
    if (!stream) return false;
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const piece of stream) {
      hash.update(piece as Buffer);
      bytes += (piece as Buffer).length;
    }
    if (bytes !== part.bytes || hash.digest("hex") !== part.sha256) return false;
  }
  return true;
}

async function openPart({ store, root }: Reader, part: Part): Promise<Readable> {
  const key = keyBelow(root, part.uri);
  const stream = key === null ? null : await store.stream(key);
  if (!stream) throw invalidData("missing_part", `${part.uri} is gone: run the step that made it with --force`);
  return Readable.from(verified(stream, part), { objectMode: false });
}

async function* verified(stream: Readable, part: Part): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  for await (const piece of stream) {
    hash.update(piece as Buffer);
    yield piece as Buffer;
  }
  if (hash.digest("hex") !== part.sha256) throw invalidData("bad_part", `${part.uri}: its bytes are not those that its manifest names`);
}
