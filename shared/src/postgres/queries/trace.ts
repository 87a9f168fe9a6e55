/** Tracing: from chunks, rejections and documents to bytes, rules and code; from bytes and transformations to what stems from them. */
import type { Query } from "./query.js";

export const TRACE: readonly Query[] = [
  {
    name: "provenance",
    question: "Where does this chunk come from: which bytes, decided by which rules, made by which code?",
    isBasic: true,
    parameters: ["chunkId"],
    sql: `
select *
from chunk_provenance
where chunk_id = $1`,
  },
  {
    name: "rejection-provenance",
    question: "Why is this document or chunk not here, where do its bytes lie, and which code decided so?",
    parameters: ["rejectionId"],
    sql: `
select *
from rejection_provenance
where rejection_id = $1`,
  },
  {
    name: "document-provenance",
    question: "What was decided about this file, kept, dropped or failed, and by what?",
    parameters: ["dataset", "path"],
    sql: `
select *
from document_provenance
where dataset = $1
  and path = $2`,
  },
  {
    name: "document-chunks",
    question: "What became of this file: its chunks in order?",
    parameters: ["dataset", "path"],
    sql: `
select c.id, c.ordinal, c.token_count, c.quality_score, c.char_start, c.char_end, c.byte_start, c.byte_end, c.text
from document d
join chunk c on c.document_id = d.id
where d.dataset = $1
  and d.path = $2
order by c.ordinal`,
  },
  {
    name: "file-name",
    question: "Which documents have this file name, and how did they fare?",
    parameters: ["dataset", "fileName"],
    sql: `
select id, path, verdict, drop_reason, drop_value, drop_threshold, failure_code, accepted_chunks, duplicate_of, updated_at
from document
where dataset = $1
  and file_name = $2
limit 100`,
  },
  {
    name: "same-bytes",
    question: "Which documents were read from these very bytes?",
    parameters: ["rawSha256"],
    sql: `
select dataset, path, source_uri, verdict, retired_at
from document
where raw_sha256 = $1
limit 100`,
  },
  {
    name: "made-by",
    question: "Which chunks stem from this transformation, also where it found its parts made?",
    parameters: ["transformationId"],
    sql: `
select chunk_id, document_id, ordinal, maker_id
from transformation_chunk
where transformation_id = $1
limit 1000`,
  },
];
