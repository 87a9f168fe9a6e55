/** The end of a command for people: an expected error is one line and its exit code, anything else is a bug with its stack. */
import { PipelineError } from "@pipeline/shared/errors";

/** Runs the command and sets the exit code; what it returns is that code. */
export async function reported(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (error instanceof PipelineError) console.error(`${error.message} [${error.code}]`);
    else console.error(error);
    process.exitCode = error instanceof PipelineError ? error.exitCode : 1;
  }
}
