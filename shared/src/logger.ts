/** Events to JSON lines on standard output: identifiers and counts; an error only as its code, its own message and where it happened. */
import winston from "winston";
import { errnoOf, PipelineError } from "./errors.js";

/** What a line may carry besides its event: identifiers and counts, so never nested text. */
export type Fields = Readonly<Record<string, string | number | boolean | null | readonly string[] | Readonly<Record<string, number>>>>;

export interface Logger {
  debug(event: string, fields?: Fields): void;
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
}

/** A logger whose every line carries `identity` (task, runId, batchId, attempt). */
export function createLogger(level: string, identity: Fields = {}, stream: NodeJS.WritableStream = process.stdout): Logger {
  const logger = winston.createLogger({
    level,
    defaultMeta: identity,
    format: winston.format.combine(winston.format.timestamp(), winston.format.printf(lineOf)),
    transports: [new winston.transports.Stream({ stream })],
  });
  const at =
    (name: "debug" | "info" | "warn" | "error") =>
    (event: string, fields: Fields = {}): void => {
      logger.log(name, event, fields);
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** A logger that says nothing. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };

function lineOf({ timestamp, level, message, ...fields }: winston.Logform.TransformableInfo): string {
  return JSON.stringify({ time: timestamp, level, event: message, ...fields });
}

/**
 * An error as log fields. Only our own errors may speak: a foreign message can quote a row, a parameter or a document,
 * so of those only the name, the code and the places of the stack are kept.
 */
export function errorFields(error: unknown): Fields {
  if (error instanceof PipelineError) return { errorCode: error.code, exitCode: error.exitCode, reason: error.message };
  if (!(error instanceof Error)) return { errorCode: "unexpected" };
  return { errorCode: "unexpected", name: error.name, foreignCode: errnoOf(error), stack: placesOf(error) };
}

/** Where an error came from, without what it says: the first lines of its stack that name a place in code. */
export function placesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const { message, stack = "" } = error;
  // A message of several lines is quoted in full above the places, and may spell what looks like one.
  const lines = stack.slice(stack.indexOf(message) + message.length).split("\n");
  return lines
    .map((line) => line.trim())
    .filter((line) => /^at .*[\w>)]:\d+|^at .*\(.*\)$/.test(line))
    .slice(0, 12);
}
