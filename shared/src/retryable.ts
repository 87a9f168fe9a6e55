/** Foreign errors to a decision, by tables of codes: what a retry can cure, what somebody must change, and what nobody knows yet. */
import { errnoOf, invalidConfig, PipelineError, tryAgain } from "./errors.js";

/** PostgreSQL SQLSTATE (errcodes appendix) that a second try can cure. A full disk or memory is others' doing as often as ours, and passes. */
const TRANSIENT_SQLSTATES = new Map([
  ["40001", "serialization_failure"],
  ["40P01", "deadlock_detected"],
  ["53300", "too_many_connections"],
  ["55P03", "lock_not_available"],
  ["57P01", "admin_shutdown"],
  ["57P02", "crash_shutdown"],
  ["57P03", "cannot_connect_now"],
  ["57014", "query_canceled"],
  ["57P05", "idle_session_timeout"],
  ["40003", "statement_completion_unknown"],
  ["25P03", "idle_in_transaction_session_timeout"],
  ["53000", "insufficient_resources"],
  ["53100", "disk_full"],
  ["53200", "out_of_memory"],
  ["08000", "connection_exception"],
  ["08001", "connection_refused"],
  ["08004", "connection_rejected"],
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
  ["25006", "read_only_sql_transaction"],
]);

/** S3 error names and Node errnos that a second try can cure. */
const TRANSIENT_NAMES = new Set(
  "SlowDown InternalError ServiceUnavailable RequestTimeout RequestTimeTooSkewed ThrottlingException TooManyRequests TimeoutError".split(
    " ",
  ),
);
const TRANSIENT_ERRNOS = new Set(
  `ERR_STREAM_PREMATURE_CLOSE ESTALE ECONNRESET ECONNREFUSED ECONNABORTED EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH EAI_AGAIN ENFILE EAGAIN
   ENOMEM ENOTCONN ENOSPC EDQUOT`.split(/\s+/),
);
const CONFIG_NAMES = new Set(
  "AccessDenied NoSuchBucket InvalidAccessKeyId SignatureDoesNotMatch CredentialsProviderError ExpiredToken PermanentRedirect".split(" "),
);
const CONFIG_ERRNOS = new Set("EACCES EPERM EROFS ENOTDIR ENOTFOUND EMFILE".split(" "));

/** Beginning of the codes of Node's HTTP parser: whoever answers at that address is no S3 server. */
const NOT_HTTP = "HPE_";

/** HTTP answers that carry no name, as those to HEAD do. */
const TRANSIENT_STATUSES = new Set([408, 429]);
const CONFIG_STATUSES = new Set([301, 401, 403]);

/**
 * What to do, where the code alone does not say it. A full disk may be tried again: what was half-written has been removed, and other work
 * that ends gives its space back. Too many open files may not: the limit is this process's own, and a second one meets it at the same place.
 */
const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full: a retry may help once there is space",
  EDQUOT: "the disk quota is used up: a retry may help once there is space",
  EMFILE: "too many open files: raise the limit (ulimit -n)",
  EROFS: "the file system only reads",
  "25006": "the database only reads: DATABASE_URL must name the primary",
  "53100": "the database's disk is full: a retry may help once there is space",
  "53300": "the database has no connection left: a retry may help, or raise max_connections or lower how many batches run at once",
};

/**
 * The same error as a decision. The message holds the code alone: foreign messages may quote rows, parameters or credentials.
 * An error that no table knows is returned as it is, and ends the process as a bug.
 */
export function classified(error: unknown, doing: string): unknown {
  if (error instanceof PipelineError || !(error instanceof Error)) return error;
  const code = errnoOf(error);
  const sqlState = TRANSIENT_SQLSTATES.get(code) ?? CONFIG_SQLSTATES.get(code);
  const label = sqlState ? `${code} ${sqlState}` : code || error.name;
  const status = statusOf(error);
  const isTransient =
    TRANSIENT_SQLSTATES.has(code) ||
    TRANSIENT_ERRNOS.has(code) ||
    TRANSIENT_NAMES.has(error.name) ||
    TRANSIENT_STATUSES.has(status) ||
    status >= 500;
  if (isTransient) return tryAgain("unavailable", `${doing}: ${label}; ${ADVICE[code] ?? "a retry may help"}`);
  const isConfig =
    CONFIG_SQLSTATES.has(code) ||
    CONFIG_ERRNOS.has(code) ||
    CONFIG_NAMES.has(error.name) ||
    CONFIG_STATUSES.has(status) ||
    code.startsWith(NOT_HTTP);
  if (isConfig) return invalidConfig("refused", `${doing}: ${label}; ${ADVICE[code] ?? "check the address, the name and the rights"}`);
  return error;
}

function statusOf(error: Error): number {
  const metadata = "$metadata" in error ? (error.$metadata as { httpStatusCode?: number }) : {};
  return metadata.httpStatusCode ?? 0;
}
