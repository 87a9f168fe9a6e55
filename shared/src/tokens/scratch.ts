/** Arrays that are used again for every text, so that counting makes no garbage; a very long text gets its own, which it takes along. */
import { UNITS_READ } from "./packed-piece.js";

/** Texts up to this many units share the kept arrays (10 MB in all). */
const KEPT_UNITS = 1 << 20;

/** A text's UTF-16 units from index 0, with UNITS_READ more behind them: typed arrays are read several times faster than `charCodeAt`. */
export interface CodeUnits {
  readonly units: Uint16Array;
  /** The same memory, for reading two units at once at any place. */
  readonly view: DataView;
}

export class Scratch {
  private bytes = bytesFor(0);
  private kept: CodeUnits = codeUnitsIn(this.bytes);
  private arrays = { ends: new Int32Array(0), totals: new Int32Array(0) };

  /** The text's units. Valid until the next call. */
  unitsOf(text: string): CodeUnits {
    const { length } = text;
    if (length > KEPT_UNITS) return codeUnitsIn(write(text, bytesFor(length)));
    if (length + UNITS_READ > this.kept.units.length) {
      this.bytes = bytesFor(capacityFor(length));
      this.kept = codeUnitsIn(this.bytes);
    }
    write(text, this.bytes);
    return this.kept;
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

function bytesFor(units: number): Buffer {
  return Buffer.from(new ArrayBuffer((units + UNITS_READ) * 2));
}

function codeUnitsIn({ buffer }: Buffer): CodeUnits {
  return { units: new Uint16Array(buffer), view: new DataView(buffer) };
}

function write(text: string, bytes: Buffer): Buffer {
  if (text.length > 0) bytes.write(text, 0, "utf16le");
  return bytes;
}

function capacityFor(length: number): number {
  return Math.min(KEPT_UNITS, Math.max(4096, 2 ** Math.ceil(Math.log2(length))));
}
