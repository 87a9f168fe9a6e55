/** ingest: a source in, batches of raw documents out. */
import { day, integer, oneOf, optional, text } from "@pipeline/shared/options";
import { defineTask } from "@pipeline/shared/run-task";
import { parseUri } from "@pipeline/shared/uri";
import { ingest } from "./ingest.js";
import { directorySource } from "./sources/directory-source.js";
import type { Source } from "./sources/source.js";

const name = { pattern: /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/, expects: "letters, digits, dots, dashes and underscores, at most 63" };

export const ingestTask = defineTask({
  name: "ingest",
  summary: "reads every .txt document of a directory or bucket and packs them into batches",
  options: {
    dataset: text({ help: "the collection that the documents belong to", ...name, default: "corpus" }),
    sourceName: optional(text({ help: "prefix of every document's path, to keep sources apart", ...name })),
    partition: optional(day({ help: "read only this day's folder below the source" })),
    onMissing: oneOf(["keep", "retire"], {
      help: "what happens to documents that the source no longer holds; to retire in a dataset of several sources, name each by --source-name",
      default: "keep",
    }),
    exclude: optional(
      text({
        help: "a folder of the source that is not read, as where results are kept",
        pattern: /^[^/].*[^/]$|^[^/]$/s,
        expects: "a path below the source",
      }),
    ),
    batchDocuments: optional(integer({ help: "mean number of documents in a batch", min: 1, max: 100_000 })),
  },
  sections: ["decode"],
  async run(context) {
    const { in: source, dataset, sourceName, partition, onMissing, exclude, batchDocuments } = context.options;
    const maxBytes = context.recipe.decode.max_document_bytes;
    await ingest(context, {
      source: await openSource(context.options, context.environment),
      run: { id: context.place.runId, dataset, source, sourceName: sourceName ?? "", partition, onMissing },
      maxBytes,
      batchDocuments,
      recorded: { dataset, sourceName, partition, onMissing, exclude, batchDocuments, maxDocumentBytes: maxBytes },
    });
  },
});

interface Sought {
  readonly in: string;
  readonly partition: string | null;
  readonly exclude: string | null;
}

/** The source behind a URI: the scheme chooses the adapter. */
async function openSource({ in: uri, partition, exclude }: Sought, environment: NodeJS.ProcessEnv): Promise<Source> {
  const { scheme, bucket, key } = parseUri(uri);
  if (scheme === "file") return directorySource(`/${key}`, partition, exclude);
  const [{ s3Client }, { bucketSource }] = await Promise.all([
    import("@pipeline/shared/adapters/s3-object-store"),
    import("./sources/bucket-source.js"),
  ]);
  const prefix = key === "" || key.endsWith("/") ? key : `${key}/`;
  return bucketSource(s3Client(environment), bucket, prefix, partition, exclude);
}
