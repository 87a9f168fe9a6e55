/** Views over the corpus itself: the chunks that count, where each came from, and what made the dataset. */
import type { View } from "./view.js";

export const corpusChunk: View = {
  name: "corpus_chunk",
  about: "The corpus: chunks of documents that are neither duplicates nor retired.",
  select: `
select
  c.id, c.document_id, c.dataset, c.file_name, d.path, c.ordinal, c.text, c.tokenizer, c.max_tokens, c.token_count,
  c.char_start, c.char_end, c.byte_start, c.byte_end, c.origin, c.quality_score, c.quality, c.non_alphanumeric_ratio,
  c.has_pii, c.pii, c.flags, c.language, c.tsv, c.content_sha256, c.transformation_id, c.processed_at, c.created_at, c.updated_at
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

export const chunkProvenance: View = {
  name: "chunk_provenance",
  about: "A chunk's whole past: bytes of the raw file, rule values, recipe, and each transformation with its code and attempts.",
  select: `
select
  c.id as chunk_id, c.dataset, c.document_id, d.path, d.source_uri, d.raw_sha256, c.byte_start, c.byte_end, c.origin,
  c.char_start, c.char_end, c.token_count, c.quality_score, c.content_sha256, d.verdict, d.rules, d.metrics, d.cleaning,
  d.recipe_sha256, d.duplicate_of, d.similarity, d.retired_at, past.transformations
from chunk c
join document d on d.id = c.document_id
cross join lateral (
  select jsonb_agg(jsonb_build_object(
    'id', l.id, 'task', l.task, 'runId', l.run_id, 'batchId', l.batch_id, 'status', l.status,
    'recipe', l.recipe_name, 'recipeSha256', l.recipe_sha256, 'codeVersion', l.code_version, 'imageDigest', l.image_digest,
    'options', l.options, 'inputs', l.inputs, 'outputs', l.outputs, 'orchestrator', l.orchestrator,
    'startedAt', l.started_at, 'finishedAt', l.finished_at,
    'attempts', (
      select coalesce(jsonb_agg(jsonb_build_object('attempt', a.attempt, 'status', a.status, 'errorCode', a.error_code)
        order by a.attempt), '[]')
      from lineage_attempt a
      where a.lineage_id = l.id
    )
  ) order by l.started_at, l.id) as transformations
  from lineage l
  where l.id in (d.ingest_id, d.transformation_id, c.transformation_id, d.load_id)
) past`,
};
