/** A dataset's corpus to the bars of its histograms, counted once per run so that nobody has to read a chunk to draw them. */
import type { Database } from "@pipeline/shared/postgres/database";

interface Measure {
  readonly name: string;
  readonly bucket: string;
  /** What each chunk is taken apart into, when it counts in several bars. */
  readonly each?: string;
  /** What is added up; default: each counts as one. */
  readonly sum?: string;
}

const MEASURES: readonly Measure[] = [
  { name: "tokens", bucket: "token_count::text" },
  { name: "quality", bucket: "(least(floor(quality_score::numeric * 20), 19) / 20)::numeric(3, 2)::text" },
  { name: "language", bucket: "coalesce(language, 'unknown')" },
  { name: "language_tokens", bucket: "coalesce(language, 'unknown')", sum: "token_count" },
  { name: "origin", bucket: "origin" },
  { name: "tokenizer", bucket: "tokenizer" },
  { name: "flags", bucket: "flag", each: "unnest(flags) as flag" },
  { name: "pii_spans", bucket: "span ->> 'type'", each: "jsonb_array_elements(pii) as span" },
  { name: "pii_chunks", bucket: "type", each: "(select distinct span ->> 'type' from jsonb_array_elements(pii) as span) as found (type)" },
];

const barsOf = ({ name, bucket, each, sum }: Measure): string => `
select '${name}' as measure, ${bucket} as bucket, ${sum ? `sum(${sum})` : "count(*)"} as count
from corpus${each ? ` cross join lateral ${each}` : ""}
group by 2`;

/** One statement, so that all measures see the same corpus while other runs load. */
const INSERT = `
with corpus as not materialized (
  select token_count, quality_score, language, origin, tokenizer, flags, pii
  from corpus_chunk
  where dataset = $2
),
bars as (${MEASURES.map(barsOf).join(" union all ")})
insert into chunk_statistic (run_id, dataset, measure, bucket, count)
select $1, $2, measure, bucket, count
from bars`;

/** Replaces the run's figures by those of the corpus as it is now. */
export async function writeStatistics(database: Database, runId: string, dataset: string): Promise<void> {
  await database.transaction("counting the corpus", async (manager) => {
    await manager.query("delete from chunk_statistic where run_id = $1 and dataset = $2", [runId, dataset]);
    await manager.query(INSERT, [runId, dataset]);
  });
}
