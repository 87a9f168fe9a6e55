/** Records to gzipped JSON lines and back: the same records give the same bytes, so that a part's name can be the hash of its content. */
import { PassThrough, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { invalidData, PipelineError } from "./errors.js";

/** Level 6 writes 45 MB/s, which no task of ours outruns; Node's gzip header holds no time and no name. */
const LEVEL = 6;

/** The gzipped lines as they are made: a slow reader slows the records down, nothing piles up. */
export function encodeJsonl(records: Iterable<unknown> | AsyncIterable<unknown>): Readable {
  const compressed = new PassThrough();
  // The pipeline destroys `compressed` with the error; whoever reads it is the one to handle it.
  pipeline(linesOf(records), createGzip({ level: LEVEL }), compressed).catch((error: Error) => compressed.destroy(error));
  return compressed;
}

async function* linesOf(records: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const record of records) yield `${JSON.stringify(record)}\n`;
}

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
