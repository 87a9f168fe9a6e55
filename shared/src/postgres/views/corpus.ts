/** Views over the corpus itself: the chunks that count, and what made the dataset. */
import type { View } from "./view.js";

export const corpusChunk: View = {
  name: "corpus_chunk",
  about: "The corpus: chunks of documents that are neither duplicates nor retired.",
  select: `
select
  c.id, c.document_id, c.dataset, c.file_name, d.path, c.ordinal, c.text, c.tokenizer, c.max_tokens, c.token_count, c.overlap,
  c.char_start, c.char_end, c.byte_start, c.byte_end, c.origin, c.quality_score, c.quality, c.non_alphanumeric_ratio,
  c.has_pii, c.pii, c.pii_types, c.flags, c.language, c.tsv, c.content_sha256, c.transformation_id, c.processed_at, c.created_at, c.updated_at
from chunk c
join document d on d.id = c.document_id
where d.duplicate_of is null
  and d.retired_at is null`,
};

export const datasetState: View = {
  name: "dataset_state",
  about: "Documents of a dataset by what made them: more than one row per dataset means that it is mixed.",
  select: `
select
  d.dataset, d.recipe_sha256, l.options ->> 'tokenizer' as tokenizer, (l.options ->> 'maxTokens')::integer as max_tokens,
  l.code_version, sum(d.documents)::bigint as documents
from (
  select dataset, recipe_sha256, transformation_id, count(*) as documents
  from document
  where retired_at is null
  group by dataset, recipe_sha256, transformation_id
) d
join lineage l on l.id = d.transformation_id
group by 1, 2, 3, 4, 5`,
};
