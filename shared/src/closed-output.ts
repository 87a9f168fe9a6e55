/** Standard output and error to streams that may go away: what a program says is worth less than what it does. */

/**
 * Call once, first. When the reader has ended (EPIPE), the terminal is gone (EIO) or the log's disk is full (ENOSPC), what is said from
 * then on is lost, and the work and its exit code are not.
 */
export function outliveOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
}
