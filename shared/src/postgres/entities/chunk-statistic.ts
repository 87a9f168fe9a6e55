/** A bar of a histogram over a dataset's corpus as a run left it: drawn without reading a chunk. */
import { EntitySchema } from "typeorm";
import { bigint, PRIMARY, text } from "./columns.js";

/** What each field means stands once, as the comment of its column. */
export interface ChunkStatistic {
  runId: string;
  dataset: string;
  measure: string;
  bucket: string;
  count: number;
}

export const chunkStatisticEntity = new EntitySchema<ChunkStatistic>({
  name: "ChunkStatistic",
  tableName: "chunk_statistic",
  columns: {
    runId: text({ ...PRIMARY, foreignKey: { target: "PipelineRun", onDelete: "CASCADE" }, comment: "The run that left the corpus so." }),
    dataset: text({ ...PRIMARY, comment: "The dataset." }),
    measure: text({ ...PRIMARY, comment: "What was measured: tokens, quality, language, pii_chunks ..." }),
    bucket: text({ ...PRIMARY, comment: "The bar: a number, a lower end, a name." }),
    count: bigint({ comment: "How many chunks, spans or tokens fall into it." }),
  },
  checks: [{ name: "chunk_statistic_count_check", expression: "count >= 0" }],
});
