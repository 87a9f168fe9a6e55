/** Views over where things come from: each stored or refused piece with its past, and each transformation with what stems from it. */
import type { View } from "./view.js";

const ATTEMPTS = `
      select coalesce(jsonb_agg(jsonb_build_object('attempt', a.attempt, 'status', a.status, 'errorCode', a.error_code,
        'startedAt', a.started_at, 'finishedAt', a.finished_at) order by a.attempt), '[]')
      from lineage_attempt a
      where a.lineage_id = l.id`;

/** The transformations with these ids, oldest first, each with its attempts. */
const past = (...ids: readonly string[]): string => `
cross join lateral (
  select jsonb_agg(jsonb_build_object(
    'id', l.id, 'task', l.task, 'runId', l.run_id, 'batchId', l.batch_id, 'status', l.status,
    'recipe', l.recipe_name, 'recipeSha256', l.recipe_sha256, 'codeVersion', l.code_version, 'imageDigest', l.image_digest,
    'options', l.options, 'inputs', l.inputs, 'outputs', l.outputs, 'orchestrator', l.orchestrator,
    'startedAt', l.started_at, 'finishedAt', l.finished_at,
    'attempts', (${ATTEMPTS}
    )
  ) order by l.started_at, l.id) as transformations
  from lineage l
  where l.id in (${ids.join(", ")})
) past`;

const DOCUMENT = `d.path, d.source_uri, d.raw_sha256, d.raw_bytes, d.encoding, d.verdict, d.rules, d.metrics, d.cleaning, d.recipe_sha256,
  d.duplicate_of, d.similarity, d.retired_at`;

export const chunkProvenance: View = {
  name: "chunk_provenance",
  about: "A chunk's whole past: bytes of the raw file, rule values, recipe, and each transformation with its code and attempts.",
  select: `
select
  c.id as chunk_id, c.dataset, c.document_id, c.ordinal, c.byte_start, c.byte_end, c.origin, c.char_start, c.char_end, c.token_count,
  c.quality_score, c.content_sha256, ${DOCUMENT}, past.transformations
from chunk c
join document d on d.id = c.document_id${past("d.ingest_id", "d.transformation_id", "c.transformation_id", "d.load_id")}`,
};

export const rejectionProvenance: View = {
  name: "rejection_provenance",
  about: "The whole past of a dropped document or a rejected chunk: the rule, its value and threshold, the bytes, each transformation.",
  select: `
select
  r.id as rejection_id, r.dataset, r.document_id, r.level, r.ordinal, r.reason, r.value, r.threshold, r.byte_start, r.byte_end,
  r.char_start, r.char_end, r.token_count, r.quality_score, ${DOCUMENT}, past.transformations
from rejection r
join document d on d.id = r.document_id${past("d.ingest_id", "d.transformation_id", "r.transformation_id", "d.load_id")}`,
};

export const documentProvenance: View = {
  name: "document_provenance",
  about: "The whole past of any document, also of one that failed: why, by which rules, and each transformation that made its rows.",
  select: `
select
  d.id as document_id, d.dataset, d.drop_reason, d.drop_value, d.drop_threshold, d.failure_code, d.accepted_chunks, ${DOCUMENT},
  past.transformations
from document d${past(
    "d.ingest_id",
    "d.transformation_id",
    "d.load_id",
    "(select c.transformation_id from chunk c where c.document_id = d.id limit 1)",
    "(select r.transformation_id from rejection r where r.document_id = d.id and r.level = 'chunk' limit 1)",
  )}`,
};

/** Every chunk stems from one validate transformation, and by its run and batch from the steps around it, whoever made their parts. */
export const transformationChunk: View = {
  name: "transformation_chunk",
  about:
    "Chunks that stem from a transformation, also from one that found its parts made: of one batch, or of a whole run. A document whose batch was made again without a change to it keeps the rows of the step that first made them.",
  select: `
select t.id as transformation_id, t.task, t.run_id, t.batch_id, t.status, v.id as validate_id, coalesce(v.made_by, v.id) as maker_id,
  c.id as chunk_id, c.document_id, c.dataset, c.ordinal
from lineage t
join lineage v on v.run_id = t.run_id
  and v.task = 'validate'
  and (t.batch_id = '' or v.batch_id = t.batch_id)
join chunk c on c.transformation_id = coalesce(v.made_by, v.id)`,
};
