/** Arrays that are used again for every text, so that counting makes no garbage; a very long text gets its own, which it takes along. */

/** Texts up to this many units share the kept arrays (10 MB in all). */
const KEPT_UNITS = 1 << 20;

export class Scratch {
  private bytes = Buffer.alloc(0);
  private units = new Uint16Array(0);
  private arrays = { ends: new Int32Array(0), totals: new Int32Array(0) };

  /** The text's UTF-16 units from index 0: typed arrays are read several times faster than `charCodeAt`. Valid until the next call. */
  unitsOf(text: string): Uint16Array {
    const { length } = text;
    if (length > KEPT_UNITS) return write(text, Buffer.from(new ArrayBuffer(length * 2)));
    if (length > this.units.length) {
      this.bytes = Buffer.from(new ArrayBuffer(capacityFor(length) * 2));
      this.units = new Uint16Array(this.bytes.buffer);
    }
    if (length > 0) this.bytes.write(text, 0, "utf16le");
    return this.units;
  }

  /** Two arrays of at least `length` numbers, with whatever the last text left in them. */
  arraysFor(length: number): { ends: Int32Array; totals: Int32Array } {
    if (length > KEPT_UNITS) return { ends: new Int32Array(length), totals: new Int32Array(length) };
    if (length > this.arrays.ends.length) {
      const capacity = capacityFor(length);
      this.arrays = { ends: new Int32Array(capacity), totals: new Int32Array(capacity) };
    }
    return this.arrays;
  }
}

function write(text: string, bytes: Buffer): Uint16Array {
  bytes.write(text, 0, "utf16le");
  return new Uint16Array(bytes.buffer);
}

function capacityFor(length: number): number {
  return Math.min(KEPT_UNITS, Math.max(4096, 2 ** Math.ceil(Math.log2(length))));
}
