/** Gzipped JSON lines to the records in them, as PartWriter wrote them. */
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { errnoOf, invalidData, PipelineError } from "./errors.js";

/**
 * The records of gzipped lines, parsed one by one. `parse` throws on a record of the wrong shape.
 * Throws 65 (`bad_part`) naming `label` and the line when the gzip is cut short or a line is no such record; never quotes the line.
 */
export async function* decodeJsonl<T>(bytes: Readable, parse: (value: unknown) => T, label: string): AsyncGenerator<T> {
  const gunzip = createGunzip();
  let failure: Error | undefined;
  const fed = pipeline(bytes, gunzip).catch((error: Error) => {
    failure = error;
  });
  let line = 0;
  try {
    for await (const text of linesIn(gunzip)) yield parsedLine(text, ++line, parse, label);
    await fed;
  } catch (error) {
    if (error instanceof PipelineError) throw error;
    failure = error as Error; // newer Node hands the stream's error to the loop, older Node ends the loop
  } finally {
    gunzip.destroy();
  }
  // Only what gunzip says is about the part; anything else is the store's, and a retry may help.
  if (failure && !errnoOf(failure).startsWith("Z_")) throw failure;
  if (failure) throw invalidData("bad_part", `${label}: reading ended after line ${line}; the object is cut short or no gzip`);
}

/** Lines end at line feeds alone: readline also ends them at U+2028, which JSON leaves as it is inside strings. */
async function* linesIn(bytes: Readable): AsyncGenerator<string> {
  let begun: string[] = []; // pieces of a line whose end has not come: joined once, so that a long line costs no more than its length
  for await (const piece of bytes.setEncoding("utf8") as AsyncIterable<string>) {
    let start = 0;
    for (let end = piece.indexOf("\n"); end >= 0; end = piece.indexOf("\n", start)) {
      begun.push(piece.slice(start, end));
      yield begun.join("");
      begun = [];
      start = end + 1;
    }
    begun.push(piece.slice(start));
  }
  const rest = begun.join("");
  if (rest !== "") yield rest;
}

function parsedLine<T>(text: string, line: number, parse: (value: unknown) => T, label: string): T {
  try {
    return parse(JSON.parse(text));
  } catch {
    // No cause: JSON.parse and zod quote what they choke on, and that is document text.
    throw invalidData("bad_part", `${label}: line ${line} is no record of the expected shape`);
  }
}
