/** Records to immutable parts: gzipped JSON lines named by their own hash, a new object whenever one grows past its size. */

import { once } from "node:events";
import { createGzip, type Gzip } from "node:zlib";
import { sha256Of } from "./ids.js";
import type { Part } from "./manifest.js";
import type { ObjectStore } from "./ports/object-store.js";

/** Compressed size past which the next group of records starts another object: bounds what is held in memory, and what one put carries. */
const PART_BYTES = 16 * 1024 * 1024;
/** Lines are handed to gzip in pieces of this many characters: a call for every line costs more than the compression. */
const BLOCK_CHARACTERS = 64 * 1024;

/** Writes 45 MB/s, which no task of ours outruns. */
const LEVEL = 6;

/** Where the parts of one step go. */
export interface PartFolder {
  readonly store: ObjectStore;
  /** Key prefix ending in "/": parts/<task>/<fingerprint>/. */
  readonly prefix: string;
  uriOf(key: string): string;
}

/** Writes the records of one name. Equal records give equal objects: gzip's header holds no time. */
export class PartWriter {
  private readonly written: Part[] = [];
  private gzip: Gzip | null = null;
  private compressed: Buffer[] = [];
  private compressedBytes = 0;
  private block = "";
  private records = 0;

  constructor(
    private readonly folder: PartFolder,
    private readonly name: string,
  ) {}

  async write(record: unknown): Promise<void> {
    this.block += `${JSON.stringify(record)}\n`;
    this.records++;
    if (this.block.length >= BLOCK_CHARACTERS) await this.flush();
  }

  /** Between two groups of records that must lie in one object, as the chunks of a document do: the object may end here. */
  async mayEnd(): Promise<void> {
    if (this.compressedBytes >= PART_BYTES) await this.end();
  }

  /** Finishes; the parts in order. A name without a record still has one part, so that a reader can tell nothing from lost. */
  async close(): Promise<Part[]> {
    if (this.records > 0 || this.written.length === 0) await this.end();
    return this.written;
  }

  private async flush(): Promise<void> {
    const gzip = this.gzip ?? this.start();
    const block = this.block;
    this.block = "";
    if (!gzip.write(block)) await once(gzip, "drain");
  }

  private start(): Gzip {
    const gzip = createGzip({ level: LEVEL });
    gzip.on("data", (piece: Buffer) => {
      this.compressed.push(piece);
      this.compressedBytes += piece.length;
    });
    this.gzip = gzip;
    return gzip;
  }

  private async end(): Promise<void> {
    await this.flush();
    const gzip = this.gzip!;
    gzip.end();
    await once(gzip, "end");
    const body = Buffer.concat(this.compressed);
    this.written.push(await putPart(this.folder, this.name, this.written.length, body, this.records, "jsonl.gz"));
    this.gzip = null;
    this.compressed = [];
    this.compressedBytes = 0;
    this.records = 0;
  }
}

/** Bytes one after another to pack objects, each small enough to be held in memory. */
export class PackWriter {
  private readonly written: Part[] = [];
  private pieces: Buffer[] = [];
  private bytes = 0;

  constructor(private readonly folder: PartFolder) {}

  /** Adds a document's bytes; says where they will lie. */
  async append(content: Buffer): Promise<{ pack: number; offset: number }> {
    if (this.pieces.length > 0 && this.bytes + content.length > 2 * PART_BYTES) await this.end();
    const place = { pack: this.written.length, offset: this.bytes };
    this.pieces.push(content);
    this.bytes += content.length;
    return place;
  }

  async close(): Promise<Part[]> {
    if (this.pieces.length > 0 || this.written.length === 0) await this.end();
    return this.written;
  }

  private async end(): Promise<void> {
    const body = Buffer.concat(this.pieces);
    this.written.push(await putPart(this.folder, "pack", this.written.length, body, this.pieces.length, "bin"));
    this.pieces = [];
    this.bytes = 0;
  }
}

async function putPart(folder: PartFolder, name: string, index: number, body: Buffer, records: number, extension: string): Promise<Part> {
  const sha256 = sha256Of(body);
  const key = `${folder.prefix}${name}-${index}-${sha256.slice(0, 16)}.${extension}`;
  await folder.store.put(key, body); // also over an object of that name: it may be what made a rebuild necessary
  return { name, uri: folder.uriOf(key), sha256, bytes: body.length, records };
}
