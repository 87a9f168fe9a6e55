/** Errors of the database to ours: SQLSTATE and the names of things stay, messages, parameters and details go, for they quote rows. */
import { errnoOf, PipelineError, tryAgain } from "../errors.js";
import { classified } from "../retryable.js";

/** What pg says, without any code, when the line to the server is gone. */
const LOST_CONNECTION =
  /^Connection terminated|^timeout exceeded when trying to connect|^Client has encountered a connection error|^Client was closed|^Query read timeout/;

/** What TypeORM says when the line broke between two statements of a transaction: it has let go of the connection by then. */
const LET_GO = /^QueryRunner(Provider)?AlreadyReleasedError$|^TransactionNotStartedError$/;

/** A refusal that no table of retryable.ts knows: a constraint, a value, or a bug of ours. */
export class DatabaseError extends Error {
  constructor(
    message: string,
    /** SQLSTATE. */
    readonly code: string,
    /** The constraint, column or table that the server names; "" when it names none. */
    readonly subject: string,
  ) {
    super(message);
    this.name = "DatabaseError";
  }
}

/** The same error as one that may be logged. `doing` completes the sentence: "loading documents". Errors that are not the database's stay. */
export function databaseError(error: unknown, doing: string): unknown {
  if (error instanceof PipelineError || error instanceof DatabaseError || !(error instanceof Error)) return error;
  if (LOST_CONNECTION.test(error.message) || LET_GO.test(error.name))
    return tryAgain("unavailable", `${doing}: the connection was lost; a retry may help`);
  const known = classified(error, doing);
  const code = errnoOf(error);
  if (known !== error || !/^[0-9A-Z]{5}$/.test(code)) return known;
  const subject = subjectOf(error);
  return new DatabaseError(`${doing}: SQLSTATE ${code}${subject && ` (${subject})`}`, code, subject);
}

/** True when the row itself was refused: SQLSTATE class 22 (data exception), 23 (integrity constraint) or 54 (a limit, as of a tsvector). */
export function isRefusedRow(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && /^(22|23|54)/.test(error.code);
}

/** True for a deadlock or a serialisation failure: the same transaction usually succeeds at once. */
export function isConflict(error: unknown): boolean {
  return ["40001", "40P01"].includes(errnoOf(error));
}

function subjectOf(error: Error & { constraint?: string; column?: string; table?: string }): string {
  return error.constraint ?? error.column ?? error.table ?? "";
}
