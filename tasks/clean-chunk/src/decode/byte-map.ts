/** Where the characters of a decoded text lie in its bytes. */
import { decodeBytes, type StreamDecoder, streamDecoder } from "./codecs.js";

/** `startOf(offset)`: the byte at which the character at this UTF-16 offset begins; `endOf(offset)`: the byte after the one before it. */
export interface ByteMap {
  startOf(offset: number): number;
  endOf(offset: number): number;
}

/** Encodings that spend the same number of bytes on every UTF-16 unit. */
export function evenMap(first: number, bytesPerUnit: number): ByteMap {
  const at = (offset: number) => first + offset * bytesPerUnit;
  return { startOf: at, endOf: at };
}

const UTF8_STRIDE = 1024;

/** Valid UTF-8: a checkpoint every thousand units, and Node counts the bytes from there. */
export function utf8Map(text: string, first: number): ByteMap {
  const checkpoints = new Uint32Array(Math.floor(text.length / UTF8_STRIDE) + 1);
  checkpoints[0] = first;
  for (let index = 1; index < checkpoints.length; index++)
    checkpoints[index] = checkpoints[index - 1]! + byteLength(text, (index - 1) * UTF8_STRIDE, index * UTF8_STRIDE);
  const at = (offset: number) => {
    const index = Math.floor(offset / UTF8_STRIDE);
    return checkpoints[index]! + byteLength(text, index * UTF8_STRIDE, offset);
  };
  return { startOf: at, endOf: at };
}

const isLowSurrogate = (code: number): boolean => (code & 0xfc00) === 0xdc00;

/** Bytes of a part of the text; a pair that a border cuts counts where it begins. */
function byteLength(text: string, start: number, end: number): number {
  const from = isLowSurrogate(text.charCodeAt(start)) ? start + 1 : start;
  const to = isLowSurrogate(text.charCodeAt(end)) ? end + 1 : end;
  return Buffer.byteLength(text.slice(from, to), "utf8");
}

const MIN_PIECE = 256;
const LINE_FEED = 0x0a;
const NEVER_TRAILS = 0x30; // no multi-byte encoding uses lower bytes inside a character, so a cut behind one is safe

/** Any other encoding: the bytes are decoded again in pieces that begin at a sure border, and byte by byte inside the piece that is asked for. */
export class PieceMap implements ByteMap {
  readonly #bytes: Buffer;
  readonly #encoding: string;
  readonly #byteStarts: number[] = [];
  readonly #unitStarts: number[] = [];

  constructor(bytes: Buffer, first: number, encoding: string) {
    this.#bytes = bytes;
    this.#encoding = encoding;
    const isStateful = streamDecoder(encoding) === null;
    const isBorder = encoding.startsWith("utf-32") ? isAligned(first) : isStateful ? isLineStart(bytes) : isSafe(bytes);
    const minPiece = isStateful ? 1 : MIN_PIECE;
    let units = 0;
    for (let start = first; start < bytes.length; ) {
      const sure = pieceEnd(start, minPiece, bytes.length, isBorder);
      const end = isStateful || sure - start <= MAX_PIECE ? sure : this.#characterEnd(start, start + MAX_PIECE);
      this.#byteStarts.push(start);
      this.#unitStarts.push(units);
      units += decodeBytes(bytes.subarray(start, end), encoding).length;
      start = end;
    }
    this.#byteStarts.push(bytes.length);
    this.#unitStarts.push(units);
  }

  startOf(offset: number): number {
    const piece = this.#pieceAt(offset);
    const decoder = streamDecoder(this.#encoding);
    return decoder ? this.#walk(piece, offset, decoder) : this.#byteStarts[piece]!;
  }

  endOf(offset: number): number {
    const piece = this.#pieceAt(Math.max(0, offset - 1));
    const decoder = streamDecoder(this.#encoding);
    return decoder ? this.#walk(piece, offset, decoder) : this.#byteStarts[piece + 1]!;
  }

  /** The last piece that begins at or before the offset. */
  #pieceAt(offset: number): number {
    let low = 0;
    let high = this.#unitStarts.length - 1;
    while (low < high - 1) {
      const middle = (low + high) >> 1;
      if (this.#unitStarts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low;
  }

  /** The decoder tells which byte ends a character; how long that is must be asked of the bytes together (fed singly it loses low surrogates). */
  #walk(piece: number, offset: number, decoder: StreamDecoder): number {
    let units = this.#unitStarts[piece]!;
    let border = this.#byteStarts[piece]!;
    for (let byte = border; units < offset && byte < this.#bytes.length; byte++) {
      if (decoder.write(this.#bytes.subarray(byte, byte + 1)) === "") continue;
      units += decodeBytes(this.#bytes.subarray(border, byte + 1), this.#encoding).length;
      border = byte + 1;
    }
    return units < offset ? this.#bytes.length : border;
  }

  /** The last border of characters up to the limit, where no sure one comes in time: text of two-byte characters alone. */
  #characterEnd(start: number, limit: number): number {
    const decoder = streamDecoder(this.#encoding)!;
    let border = limit;
    for (let byte = start; byte < limit; byte++) if (decoder.write(this.#bytes.subarray(byte, byte + 1)) !== "") border = byte + 1;
    return border;
  }
}

const MAX_PIECE = 4096;

type Border = (byte: number) => boolean;
const isAligned =
  (first: number): Border =>
  (byte) =>
    (byte - first) % 4 === 0;
const isLineStart =
  (bytes: Buffer): Border =>
  (byte) =>
    bytes[byte - 1] === LINE_FEED;
const isSafe =
  (bytes: Buffer): Border =>
  (byte) =>
    bytes[byte - 1]! < NEVER_TRAILS;

function pieceEnd(start: number, minPiece: number, length: number, isBorder: Border): number {
  let end = Math.min(start + minPiece, length);
  while (end < length && !isBorder(end)) end++;
  return end;
}
