/** Full text search as a function, because only a function can say how it is to be planned. */

export interface SqlFunction {
  readonly name: string;
  readonly parameters: string;
  /** Stored as its comment. */
  readonly about: string;
  /** What stands between `create function <name>(<parameters>)` and the end. */
  readonly definition: string;
}

/** Ranking reads and unpacks each match's words: 0.03 ms for one, so that a word of half the corpus would take a minute. */
export const MOST_RANKED = 500;

/**
 * The index does not know where in a passage a word stands. To find a match of a phrase of frequent words, the words of a dozen passages are
 * read that hold them apart: 2,200 for 200 matches, which takes 70 ms where they are not yet in the server's memory. 500 took 160 ms.
 */
export const MOST_RANKED_OF_PHRASE = 200;

/** What a query looks like in which words must follow each other: 'unit' <-> 'state', or at a distance, as <3>. */
const IS_PHRASE = "websearch_to_tsquery($3, $2)::text ~ '<(-|[0-9]+)>'";

/**
 * $1 dataset, $2 words, $3 configuration. Candidates come in the order in which they lie: documents are loaded by their ids, which are
 * hashes, so these are a fair sample of a word's matches, and they are all of them for whatever is rare enough to be searched for. Only of
 * the best is more than the words read.
 */
export const SEARCH = `
with candidate as materialized (
  select c.id, ts_rank_cd(c.tsv, websearch_to_tsquery($3, $2)) as rank
  from chunk c
  join document d on d.id = c.document_id
  where c.tsv @@ websearch_to_tsquery($3, $2)
    and c.dataset = $1
    and d.duplicate_of is null
    and d.retired_at is null
  limit case when ${IS_PHRASE} then ${MOST_RANKED_OF_PHRASE} else ${MOST_RANKED} end
), best as materialized (
  select id, rank
  from candidate
  order by rank desc, id
  limit 20
)
select c.id, c.path, c.ordinal, c.quality_score, best.rank, c.text
from best
join corpus_chunk c on c.id = best.id
order by best.rank desc, c.id`;

/** A plan is made for each call, since it depends on how frequent the words are, and never one that reads all chunks to find the first. */
export const searchChunks: SqlFunction = {
  name: "search_chunks",
  parameters: "dataset text, words text, configuration regconfig",
  about: `The 20 passages of a dataset that speak most of the words; of more than ${MOST_RANKED} matches (${MOST_RANKED_OF_PHRASE} of a phrase), as many are ranked.`,
  definition: `
returns table (id uuid, path text, ordinal integer, quality_score double precision, rank real, text text)
language plpgsql stable parallel safe
set enable_seqscan = off
set plan_cache_mode = force_custom_plan
as $search$
#variable_conflict use_column
begin
  return query ${SEARCH};
end
$search$`,
};
