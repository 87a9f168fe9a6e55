/** The examples that the steps of a run kept of what they refused. */
import { EXIT, PipelineError } from "@pipeline/shared/errors";
import { partsOf } from "@pipeline/shared/manifest";
import { type Reader, readRecords } from "@pipeline/shared/part-reader";
import { type ExampleRecord, exampleSchema } from "@pipeline/shared/records";
import type { RunObjects } from "./read-run.js";

/** All of them. One that cannot be read any more is left out and told to `missed`: no figure depends on it. */
export async function readExamples(
  reader: Reader,
  { manifests }: RunObjects,
  missed: (error: PipelineError) => void,
): Promise<ExampleRecord[]> {
  const examples: ExampleRecord[] = [];
  for (const { manifest } of manifests) {
    try {
      for await (const example of readRecords(reader, partsOf(manifest, "examples"), (value) => exampleSchema.parse(value)))
        examples.push(example);
    } catch (error) {
      if (!(error instanceof PipelineError && error.exitCode === EXIT.invalidData)) throw error;
      missed(error);
    }
  }
  return examples;
}
