/** What manifests say of a transformation to its row. */
import { transformationIdOf } from "../ids.js";
import type { Maker } from "../manifest.js";
import type { TransformationRow } from "./entities/lineage.js";

/** The row of one that made parts, as far as those who use the parts know it. */
export function transformationOfMaker(maker: Maker): TransformationRow {
  const { task, runId, batchId, codeVersion, recipe, options, startedAt, finishedAt } = maker;
  return {
    id: transformationIdOf(runId, task, batchId),
    runId,
    task,
    batchId,
    status: "ok",
    madeBy: null,
    inputs: [],
    outputs: [],
    counts: {},
    options,
    recipeName: recipe?.name ?? null,
    recipeSha256: recipe?.sha256 ?? null,
    codeVersion,
    imageDigest: null,
    orchestrator: {},
    startedAt: new Date(startedAt),
    finishedAt: new Date(finishedAt),
    errorCode: null,
  };
}
