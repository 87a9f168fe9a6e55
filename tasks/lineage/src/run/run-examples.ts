/** The examples that the steps of a run kept of what they refused. */
import { EXIT, PipelineError } from "@pipeline/shared/errors";
import { partsOf } from "@pipeline/shared/manifest";
import { type Reader, readRecords } from "@pipeline/shared/part-reader";
import { type ExampleRecord, exampleSchema } from "@pipeline/shared/records";
import { inGroups } from "./in-groups.js";
import type { RunObjects } from "./read-run.js";

/** All of them. A part that cannot be read any more is left out and told to `missed`: no figure depends on it. */
export async function readExamples(
  reader: Reader,
  { manifests }: RunObjects,
  missed: (error: PipelineError) => void,
): Promise<ExampleRecord[]> {
  const parts = manifests.flatMap(({ manifest }) => partsOf(manifest, "examples").filter(({ records }) => records > 0));
  const examples = await inGroups(parts, async (part) => {
    try {
      const own: ExampleRecord[] = [];
      for await (const example of readRecords(reader, [part], (value) => exampleSchema.parse(value))) own.push(example);
      return own;
    } catch (error) {
      if (!(error instanceof PipelineError && error.exitCode === EXIT.invalidData)) throw error;
      missed(error);
      return null;
    }
  });
  return examples.flat();
}
