/** Bytes of a named encoding become text: Node's own decoders where they are right and fast, iconv-lite for the rest. */
import { isAscii } from "node:buffer";
import iconv from "iconv-lite";
import { decodeShifted, isShifted } from "./iso-2022.js";

/** Turns bytes into text step by step: `write` gives the characters that these bytes complete. */
export interface StreamDecoder {
  write(bytes: Buffer): string;
}

/** Whether text in this encoding can be decoded. */
export function isKnownEncoding(name: string): boolean {
  return isShifted(name) || iconv.encodingExists(name);
}

/** The text of bytes that carry no byte order mark. Undefined and cut off sequences become U+FFFD; lone surrogates too. */
export function decodeBytes(bytes: Buffer, encoding: string): string {
  if (encoding === "utf-8") return isAscii(bytes) ? bytes.toString("latin1") : bytes.toString("utf8");
  if (isShifted(encoding)) return decodeShifted(bytes, encoding);
  const text = iconv.decode(bytes, encoding, { stripBOM: false });
  if (!encoding.startsWith("utf-16")) return text;
  const whole = text.toWellFormed();
  return bytes.length % 2 === 0 ? whole : `${whole}\ufffd`;
}

/** A decoder that can be fed byte by byte; null for encodings whose bytes mean nothing without their line. */
export function streamDecoder(encoding: string): StreamDecoder | null {
  if (isShifted(encoding)) return null;
  if (encoding !== "utf-8") return iconv.getDecoder(encoding, { stripBOM: false });
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return { write: (bytes) => decoder.decode(bytes, { stream: true }) };
}
