/** A bar of a histogram over a dataset's corpus as a run left it: drawn without reading a chunk. */
import { EntitySchema } from "typeorm";
import { bigint, PRIMARY, text } from "./columns.js";

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
    runId: text({ ...PRIMARY, foreignKey: { target: "PipelineRun", onDelete: "CASCADE" } }),
    dataset: text(PRIMARY),
    measure: text(PRIMARY),
    bucket: text(PRIMARY),
    count: bigint(),
  },
  checks: [{ name: "chunk_statistic_count_check", expression: "count >= 0" }],
});
