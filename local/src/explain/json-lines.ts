/** JSON lines in, explanations as JSON lines out: in order, one by one; a bad line gives an error and the stream goes on. */
import { readFile, stat } from "node:fs/promises";
import { errnoOf } from "@pipeline/shared/errors";
import { z } from "zod";
import { type ExplainSettings, type Explanation, explainDocument } from "./explain-document.js";

const id = z.union([z.string(), z.number()]).optional();
const requestSchema = z.union([
  z.strictObject({ id, text: z.string() }),
  z.strictObject({ id, path: z.string().min(1) }),
  z.strictObject({ id, bytesBase64: z.base64() }),
]);

const EXPECTED = 'expected {"id", "text"}, {"id", "path"} or {"id", "bytesBase64"}';

interface Answer extends Partial<Explanation> {
  readonly id: string | number | null;
  readonly error?: string;
}

/** One answer for each line that is not blank. */
export async function* explainLines(lines: AsyncIterable<string>, settings: ExplainSettings): AsyncGenerator<string> {
  for await (const line of lines) if (line.trim() !== "") yield `${JSON.stringify(await answerTo(line, settings))}\n`;
}

async function answerTo(line: string, settings: ExplainSettings): Promise<Answer> {
  const value = parsedJson(line);
  const id = idOf(value);
  const request = requestSchema.safeParse(value);
  if (!request.success) return { id, error: value === undefined ? `no JSON: ${EXPECTED}` : EXPECTED };
  try {
    return { id, ...(await explanationOf(request.data, settings)) };
  } catch (error) {
    return { id, error: errnoOf(error) || (error instanceof RangeError ? error.message : "processing_error") };
  }
}

async function explanationOf(request: z.infer<typeof requestSchema>, settings: ExplainSettings): Promise<Explanation> {
  // A text has no encoding to be found: its bytes are its UTF-8 form, and offsets are into that.
  if ("text" in request) return explainDocument(Buffer.from(request.text), settings, "utf-8");
  if ("bytesBase64" in request) return explainDocument(Buffer.from(request.bytesBase64, "base64"), settings);
  return explainDocument(await readDocument(request.path, settings), settings);
}

/** The file's bytes; a file that ingest would refuse for its size is refused here too. */
export async function readDocument(path: string, { process }: ExplainSettings): Promise<Buffer> {
  const limit = process.recipe.decode.max_document_bytes;
  const { size } = await stat(path);
  if (size > limit) throw new RangeError(`too_large: ${size} bytes, at most ${limit}`);
  return readFile(path);
}

function parsedJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function idOf(value: unknown): string | number | null {
  const given = typeof value === "object" && value !== null && "id" in value ? value.id : null;
  return typeof given === "string" || typeof given === "number" ? given : null;
}

/** Lines of a stream, cut at line feeds alone: JSON text may hold U+2028, which Node's readline takes for a line's end from some version on. */
export async function* linesOf(stream: AsyncIterable<string>): AsyncGenerator<string> {
  let pieces: string[] = [];
  for await (const piece of stream) {
    const parts = piece.split("\n");
    for (const part of parts.slice(0, -1)) {
      yield [...pieces, part].join("");
      pieces = [];
    }
    pieces.push(parts.at(-1)!);
  }
  if (pieces.length > 0) yield pieces.join("");
}
