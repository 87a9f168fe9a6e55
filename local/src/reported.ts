/** The end of a command for people: an expected error is one line and its exit code, anything else is a bug with its stack. */
import { outliveOutput } from "@pipeline/shared/closed-output";
import { PipelineError } from "@pipeline/shared/errors";
import { placesOf } from "@pipeline/shared/logger";
import { classified } from "@pipeline/shared/retryable";

/** Runs the command and sets the exit code; what it returns is that code. */
export async function reported(command: () => Promise<number>): Promise<void> {
  outliveOutput();
  try {
    process.exitCode = await command();
  } catch (cause) {
    const error = classified(cause, "this command");
    if (error instanceof PipelineError) console.error(`${error.message} [${error.code}]`);
    else console.error(bugOf(error));
    process.exitCode = error instanceof PipelineError ? error.exitCode : 1;
  }
}

/** What and where, never what it says: the message of a foreign error can quote a row or a document. */
function bugOf(error: unknown): string {
  return ["unexpected", error instanceof Error ? error.name : typeof error, ...placesOf(error).map((place) => `\n    ${place}`)].join(" ");
}
