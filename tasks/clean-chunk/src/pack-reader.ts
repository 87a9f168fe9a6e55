/** A batch's packs to the bytes of its documents: one pack in memory at a time, since documents lie in the order of the index. */
import { invalidData } from "@pipeline/shared/errors";
import { sha256Of } from "@pipeline/shared/ids";
import { type Manifest, partsOf } from "@pipeline/shared/manifest";
import { readBytes } from "@pipeline/shared/part-reader";
import type { IndexEntry } from "@pipeline/shared/records";
import type { TaskContext } from "@pipeline/shared/run-task";

/** Gives each entry's bytes. Throws 65 (`bad_index`) when they are not those that the entry names. */
export function packReader({ store, place }: TaskContext, manifest: Manifest): (entry: IndexEntry) => Promise<Buffer> {
  const packs = partsOf(manifest, "pack");
  let current: { number: number; bytes: Buffer } = { number: -1, bytes: Buffer.alloc(0) };
  return async ({ id, pack, offset, length, sha256 }) => {
    const part = packs[pack];
    if (!part) throw invalidData("bad_index", `document ${id}: the batch has no pack ${pack}`);
    if (current.number !== pack) current = { number: pack, bytes: await readBytes({ store, root: place.root }, part) };
    const content = current.bytes.subarray(offset, offset + length);
    if (sha256Of(content) !== sha256) throw invalidData("bad_index", `document ${id}: its bytes in pack ${pack} are not those of its hash`);
    return content;
  };
}
