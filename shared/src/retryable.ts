/** Foreign errors to a decision, by tables of codes: what a retry can cure, what somebody must change, and what nobody knows yet. */
import { errnoOf, invalidConfig, PipelineError, tryAgain } from "./errors.js";

/** PostgreSQL SQLSTATE (errcodes appendix) that a second try can cure. */
const TRANSIENT_SQLSTATES = new Map([
  ["40001", "serialization_failure"],
  ["40P01", "deadlock_detected"],
  ["53300", "too_many_connections"],
  ["55P03", "lock_not_available"],
  ["57P01", "admin_shutdown"],
  ["57P02", "crash_shutdown"],
  ["57P03", "cannot_connect_now"],
  ["57014", "query_canceled"],
  ["25P03", "idle_in_transaction_session_timeout"],
  ["53100", "disk_full"],
  ["53200", "out_of_memory"],
  ["08000", "connection_exception"],
  ["08001", "connection_refused"],
  ["08003", "connection_does_not_exist"],
  ["08006", "connection_failure"],
]);

/** SQLSTATE that only another configuration can cure. */
const CONFIG_SQLSTATES = new Map([
  ["28000", "invalid_authorization"],
  ["28P01", "invalid_password"],
  ["3D000", "no_such_database"],
  ["42501", "insufficient_privilege"],
  ["42P01", "undefined_table"],
]);

/** S3 error names and Node errnos that a second try can cure. */
const TRANSIENT_NAMES = new Set(
  "SlowDown InternalError ServiceUnavailable RequestTimeout RequestTimeTooSkewed ThrottlingException TimeoutError".split(" "),
);
const TRANSIENT_ERRNOS = new Set(
  "ERR_STREAM_PREMATURE_CLOSE ESTALE ECONNRESET ECONNREFUSED ECONNABORTED EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH EAI_AGAIN EMFILE ENFILE ENOMEM EAGAIN ENOTCONN ENOSPC".split(
    " ",
  ),
);
const CONFIG_NAMES = new Set(
  "AccessDenied NoSuchBucket InvalidAccessKeyId SignatureDoesNotMatch CredentialsProviderError ExpiredToken".split(" "),
);
const CONFIG_ERRNOS = new Set("EACCES EPERM EROFS ENOTDIR ENOTFOUND".split(" "));

/**
 * The same error as a decision. The message holds the code alone: foreign messages may quote rows, parameters or credentials.
 * An error that no table knows is returned as it is, and ends the process as a bug.
 */
export function classified(error: unknown, doing: string): unknown {
  if (error instanceof PipelineError || !(error instanceof Error)) return error;
  const code = errnoOf(error);
  const sqlState = TRANSIENT_SQLSTATES.get(code) ?? CONFIG_SQLSTATES.get(code);
  const label = sqlState ? `${code} ${sqlState}` : code || error.name;
  const isTransient =
    TRANSIENT_SQLSTATES.has(code) || TRANSIENT_ERRNOS.has(code) || TRANSIENT_NAMES.has(error.name) || statusOf(error) >= 500;
  if (isTransient) return tryAgain("unavailable", `${doing}: ${label}; a retry may help`);
  const isConfig = CONFIG_SQLSTATES.has(code) || CONFIG_ERRNOS.has(code) || CONFIG_NAMES.has(error.name);
  if (isConfig) return invalidConfig("refused", `${doing}: ${label}; check the address, the name and the rights`);
  return error;
}

function statusOf(error: Error): number {
  const metadata = "$metadata" in error ? (error.$metadata as { httpStatusCode?: number }) : {};
  return metadata.httpStatusCode ?? 0;
}
