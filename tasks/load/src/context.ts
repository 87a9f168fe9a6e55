/** The manifest of validate and this attempt to what holds for all rows of the batch. */
import { invalidData } from "@pipeline/shared/errors";
import { sha256Of } from "@pipeline/shared/ids";
import { type Maker, type Manifest, sourceUriOf } from "@pipeline/shared/manifest";
import type { TransformationRow } from "@pipeline/shared/postgres/entities/lineage";
import { transformationOfMaker } from "@pipeline/shared/postgres/transformation";
import type { DocumentRecord } from "@pipeline/shared/records";
import type { TaskContext } from "@pipeline/shared/run-task";
import type { LoadContext } from "./load-batch.js";

/** Throws 65 (`bad_manifest`) when the manifest does not name the makers of its parts, or clean-chunk not its tokenizer. */
export function loadContextOf(input: Manifest, context: TaskContext): LoadContext {
  const ingest = makerOf(input, "ingest");
  const cleanChunk = makerOf(input, "clean-chunk");
  const validate = makerOf(input, "validate");
  const { tokenizer, maxTokens } = cleanChunk.options;
  if (typeof tokenizer !== "string" || typeof maxTokens !== "number" || !input.recipe)
    throw invalidData("bad_manifest", `batch "${input.batchId}": its makers name no tokenizer, no budget or no recipe`);
  const { id, dataset, source, partition, startedAt } = input.run;
  const recipe = { recipeName: input.recipe.name, recipeSha256: input.recipe.sha256 };
  return {
    run: { id, dataset, source, partition, startedAt: new Date(startedAt), ...recipe },
    makers: {
      ingest: transformationOfMaker(ingest),
      cleanChunk: transformationOfMaker(cleanChunk),
      validate: transformationOfMaker(validate),
    },
    load: ownRow(input, context),
    tokenizer,
    maxTokens,
    loadKeyOf: (document) => loadKeyOf(document, cleanChunk, validate),
    sourceUriOf: (path) => sourceUriOf(input.run, path),
  };
}

function makerOf(input: Manifest, task: string): Maker {
  const maker = input.makers.find((candidate) => candidate.task === task);
  if (!maker) throw invalidData("bad_manifest", `batch "${input.batchId}": ${task} is not among the makers of its parts`);
  return maker;
}

function ownRow(input: Manifest, context: TaskContext): TransformationRow {
  const { task, codeVersion, imageDigest, orchestrator, startedAt } = context;
  const { run, batchId } = input;
  const own = {
    task,
    runId: run.id,
    batchId,
    attempt: context.attempt,
    fingerprint: null,
    method: null,
    codeVersion,
    recipe: null,
    options: {},
  };
  const row = transformationOfMaker({ ...own, startedAt, finishedAt: startedAt });
  return { ...row, status: "running", finishedAt: null, imageDigest, orchestrator };
}

/**
 * Equal keys mean equal rows: the same bytes, cleaned, chunked and judged in the same way; or, without bytes, the same failure. Not the
 * fingerprints of the batch, which change with every neighbour: what nobody touched is not written again.
 */
function loadKeyOf({ rawSha256, rawBytes, failure }: DocumentRecord, cleanChunk: Maker, validate: Maker): string | null {
  const content = rawSha256 ?? (failure && `${failure.code} ${rawBytes}`);
  if (content === null || cleanChunk.method === null || validate.method === null) return null;
  return sha256Of([content, cleanChunk.method, validate.method].join(" "));
}
