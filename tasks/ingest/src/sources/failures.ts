/** Errors of the file system to what they say about one file alone; null for what speaks of the machine. */
import { EXIT, errnoOf, PipelineError } from "@pipeline/shared/errors";
import { classified } from "@pipeline/shared/retryable";

const FAILURES: Readonly<Record<string, string>> = {
  ENOENT: "vanished",
  ENOTDIR: "vanished",
  ENXIO: "not_a_file",
  EISDIR: "not_a_file",
  ELOOP: "symlink",
  ENAMETOOLONG: "name_too_long",
  EAGAIN: "unreadable", // a file of the kernel's that has nothing to give yet, and might not for ever
};

/** A code for the file, or null when the source as a whole is in trouble. Errors without an errno are bugs: null. */
export function failureOfErrno(error: unknown): string | null {
  const errno = errnoOf(error);
  const failure = FAILURES[errno];
  if (failure || !/^E[A-Z0-9]+$/.test(errno)) return failure ?? null;
  const known = classified(error, "reading");
  // What a retry can cure (no descriptors left, a network disk that is away) would otherwise fail one file after the other for good.
  return known instanceof PipelineError && known.exitCode === EXIT.tryAgain ? null : "unreadable";
}
