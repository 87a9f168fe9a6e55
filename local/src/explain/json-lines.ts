/** JSON lines in, explanations as JSON lines out: in order, one by one; a bad line gives an error and the stream goes on. */
import { readFile, stat } from "node:fs/promises";
import { errnoOf } from "@pipeline/shared/errors";
import { type ExplainSettings, type Explanation, explainDocument } from "./explain-document.js";

/** A line longer than this holds no document that any recipe takes, and would not fit into memory many times over. */
const LONGEST_LINE = 2 ** 28;
const SOURCES = ["text", "path", "bytesBase64"] as const;
const EXPECTED = 'expected {"id", "text"}, {"id", "path"} or {"id", "bytesBase64"}';
const BASE64 = /^[A-Za-z0-9+/\s_-]*={0,2}\s*$/;

interface Answer extends Partial<Explanation> {
  /** As it was given, whatever JSON it is; null where the line has none. */
  readonly id: unknown;
  /** A code, and what was wrong: never the text of a document. */
  readonly error?: string;
}

/** What is wrong with one line. */
class BadLine extends Error {}

/** One answer for each line that is not blank. */
export async function* explainLines(lines: AsyncIterable<string | null>, settings: ExplainSettings): AsyncGenerator<string> {
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line?.trim() !== "") yield `${JSON.stringify(await answerTo(line, number, settings))}\n`;
  }
}

async function answerTo(line: string | null, number: number, settings: ExplainSettings): Promise<Answer> {
  let id: unknown = null;
  try {
    const value = objectIn(line, number);
    id = value.id ?? null;
    return { id, ...(await explanationOf(value, settings)) };
  } catch (error) {
    return { id, error: saidOf(error) };
  }
}

function objectIn(line: string | null, number: number): Record<string, unknown> {
  if (line === null) throw new BadLine(`too_large: line ${number} has more than ${LONGEST_LINE} characters`);
  const value = parsedJson(line);
  if (value === undefined) throw new BadLine(`bad_line: line ${number} is no JSON, ${EXPECTED}`);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new BadLine(`bad_line: line ${number} is no object, ${EXPECTED}`);
  return value as Record<string, unknown>;
}

function parsedJson(line: string): unknown {
  try {
    return JSON.parse(line.replace(/^\ufeff/, ""));
  } catch {
    return undefined;
  }
}

/** What an error says to whoever sent the document: a code and the cause. */
export function saidOf(error: unknown): string {
  if (error instanceof BadLine) return error.message;
  const errno = errnoOf(error);
  // Messages of other errors may quote what they were given.
  return errno === ""
    ? `processing_error: ${error instanceof Error ? error.name : typeof error}`
    : `${errno}: ${ERRNOS[errno] ?? "not readable"}`;
}

const ERRNOS: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EISDIR: "a folder, expected a file",
  ENOTDIR: "a part of the path is no folder",
  EACCES: "reading is not permitted",
};

async function explanationOf(request: Record<string, unknown>, settings: ExplainSettings): Promise<Explanation> {
  const given = SOURCES.filter((source) => request[source] !== undefined);
  const source = given[0];
  const content = source && request[source];
  if (given.length !== 1 || typeof content !== "string")
    throw new BadLine(
      `bad_line: ${given.length === 1 ? `${source} is no string` : `${given.length} of ${SOURCES.join(", ")} are there`}, ${EXPECTED}`,
    );
  if (source === "path") return explainDocument(await readNamed(content, settings), settings);
  const bytes = source === "text" ? Buffer.from(content) : decodedBase64(content);
  refuseTooLarge(bytes.length, settings);
  // A text has no encoding to be found: its bytes are its UTF-8 form, and offsets are into that.
  return explainDocument(bytes, settings, source === "text" ? "utf-8" : undefined);
}

/** Of either alphabet, padded or not, in one line or many. */
function decodedBase64(content: string): Buffer {
  if (!BASE64.test(content) || content.replace(/[\s=]/g, "").length % 4 === 1) throw new BadLine("bad_line: bytesBase64 is no base64");
  return Buffer.from(content, "base64");
}

/** Of a file that a line names: a pipe might never be written to, and a device might never end. */
async function readNamed(path: string, settings: ExplainSettings): Promise<Buffer> {
  const found = await stat(path);
  if (!found.isFile() && !found.isDirectory()) throw new BadLine("bad_path: a pipe or a device, expected a file");
  return readDocument(path, settings);
}

/** The file's bytes; a file that ingest would refuse for its size is refused here too. */
export async function readDocument(path: string, settings: ExplainSettings): Promise<Buffer> {
  refuseTooLarge((await stat(path)).size, settings);
  return readFile(path);
}

function refuseTooLarge(bytes: number, { process }: ExplainSettings): void {
  const limit = process.recipe.decode.max_document_bytes;
  if (bytes > limit) throw new BadLine(`too_large: ${bytes} bytes, at most ${limit}`);
}

/**
 * Lines of a stream, cut at line feeds alone: JSON text may hold U+2028, which Node's readline takes for a line's end from some version on.
 * A line that is too long to be held is passed over and given as null.
 */
export async function* linesOf(stream: AsyncIterable<string>, longest = LONGEST_LINE): AsyncGenerator<string | null> {
  let line = new LongLine(longest);
  for await (const piece of stream) {
    const parts = piece.split("\n");
    for (const part of parts.slice(0, -1)) {
      line.add(part);
      yield line.whole();
      line = new LongLine(longest);
    }
    line.add(parts.at(-1)!);
  }
  if (line.length > 0) yield line.whole();
}

/** A line that comes in pieces. */
class LongLine {
  length = 0;
  #pieces: string[] = [];
  readonly #longest: number;

  constructor(longest: number) {
    this.#longest = longest;
  }

  add(piece: string): void {
    this.length += piece.length;
    if (this.length > this.#longest) this.#pieces = [];
    else this.#pieces.push(piece);
  }

  /** Null for one that was too long. */
  whole(): string | null {
    return this.length > this.#longest ? null : this.#pieces.join("");
  }
}
