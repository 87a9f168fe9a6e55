/** Errors that carry a decision: a stable code for machines, a message that says what to do, and the exit code that tells the scheduler what next. */
import { spoken } from "./text/visible.js";

/** Process exit codes; shared/contracts/exit-codes.json says what the scheduler does with each. */
export const EXIT = { ok: 0, invalidData: 65, tryAgain: 75, invalidConfig: 78, nothingToDo: 99 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * `code` is API and never changes meaning; `message` names the thing, the value and what was expected, never document text. Whatever the
 * value, the message acts on no terminal and holds no password of an address.
 */
export class PipelineError extends Error {
  constructor(
    readonly code: string,
    readonly exitCode: ExitCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(spoken(message), options);
    this.name = "PipelineError";
  }
}

type Maker = (code: string, message: string, cause?: unknown) => PipelineError;
const makerOf =
  (exitCode: ExitCode): Maker =>
  (code, message, cause) =>
    new PipelineError(code, exitCode, message, cause === undefined ? undefined : { cause });

/** The data is wrong: a retry meets the same data. */
export const invalidData = makerOf(EXIT.invalidData);
/** The call, the recipe or the rights are wrong: somebody must change them. */
export const invalidConfig = makerOf(EXIT.invalidConfig);
/** The world was in the way: a retry may well succeed. */
export const tryAgain = makerOf(EXIT.tryAgain);
/** There is nothing to do, and that is fine. */
export const nothingToDo = makerOf(EXIT.nothingToDo);

/** The errno of a Node system error ("ENOENT"), the empty string for anything else. */
export function errnoOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}
