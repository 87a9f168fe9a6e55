/** The questions that people ask of a corpus, and the SQL that answers each without reading a table from end to end. */

export interface Query {
  readonly name: string;
  readonly question: string;
  readonly sql: string;
  /** What $1, $2 ... stand for. */
  readonly parameters: readonly string[];
  /** The option of migrate without which the answer takes a look at every chunk. */
  readonly needs?: string;
}

export const QUERIES: readonly Query[] = [
  {
    name: "search",
    question: 'Which passages speak of this? Best match first; "quoted phrases", or, and -without work as on the web.',
    parameters: ["dataset", "words", "textSearchConfiguration"],
    sql: `
select c.id, c.path, c.ordinal, c.quality_score, ts_rank_cd(c.tsv, query) as rank, c.text
from websearch_to_tsquery($3::regconfig, $2) as query
join corpus_chunk c on c.tsv @@ query
where c.dataset = $1
order by rank desc, c.id
limit 20`,
  },
  {
    name: "substring",
    question: "Which chunks hold this very string, be it part of a word, in whatever case? % and _ in it stand for any characters.",
    parameters: ["dataset", "string"],
    needs: "--substring-index",
    sql: `
select id, path, ordinal, text
from corpus_chunk
where dataset = $1
  and text ilike '%' || $2::text || '%'
limit 20`,
  },
  {
    name: "best",
    question: "Which chunks have the highest quality?",
    parameters: ["dataset"],
    sql: `
select id, path, ordinal, quality_score, token_count, text
from corpus_chunk
where dataset = $1
order by quality_score desc
limit 20`,
  },
  {
    name: "best-of-language",
    question: "Which chunks of a language have the highest quality?",
    parameters: ["dataset", "language"],
    sql: `
select id, path, ordinal, quality_score, token_count, text
from corpus_chunk
where dataset = $1
  and language = $2
order by quality_score desc
limit 20`,
  },
  {
    name: "pii-of-type",
    question: "Which chunks hold personal data of this type, and where? The spans are code points of the text.",
    parameters: ["dataset", "piiType"],
    sql: `
select id, path, ordinal, pii
from corpus_chunk
where dataset = $1
  and has_pii
  and pii @> jsonb_build_array(jsonb_build_object('type', $2::text))
order by document_id, ordinal
limit 50`,
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
order by path`,
  },
  {
    name: "provenance",
    question: "Where does this chunk come from: which bytes, decided by which rules, made by which code?",
    parameters: ["chunkId"],
    sql: `
select *
from chunk_provenance
where chunk_id = $1`,
  },
  {
    name: "same-bytes",
    question: "Which documents were read from these very bytes?",
    parameters: ["rawSha256"],
    sql: `
select dataset, path, source_uri, verdict, retired_at
from document
where raw_sha256 = $1`,
  },
  {
    name: "same-text",
    question: "Where else does the text of this chunk occur?",
    parameters: ["contentSha256"],
    sql: `
select id, dataset, file_name, ordinal
from chunk
where content_sha256 = $1`,
  },
  {
    name: "made-by",
    question: "Which chunks did this transformation make?",
    parameters: ["transformationId"],
    sql: `
select id, document_id, ordinal, token_count, quality_score
from chunk
where transformation_id = $1
order by document_id, ordinal
limit 1000`,
  },
  {
    name: "dropped-for",
    question: "Which documents were dropped for this reason, with what value against which threshold?",
    parameters: ["dataset", "reason"],
    sql: `
select path, drop_value, drop_threshold, source_uri
from document
where dataset = $1
  and verdict = 'dropped'
  and drop_reason = $2
order by path
limit 100`,
  },
  {
    name: "rejected-for",
    question: "Which chunks were rejected for this reason, and where does their text lie?",
    parameters: ["dataset", "reason"],
    sql: `
select document_id, ordinal, value, threshold, byte_start, byte_end
from rejection
where dataset = $1
  and level = 'chunk'
  and reason = $2
order by document_id, ordinal
limit 100`,
  },
  {
    name: "drop-reasons",
    question: "How many documents and chunks did a run drop, by reason?",
    parameters: ["runId"],
    sql: `
select kind, reason, count
from drop_reason_by_run
where run_id = $1
order by kind, count desc`,
  },
  {
    name: "token-histogram",
    question: "How are the chunks distributed over their number of tokens?",
    parameters: ["runId"],
    sql: `
select tokens, count
from token_histogram
where run_id = $1
order by tokens`,
  },
  {
    name: "quality-histogram",
    question: "How are the chunks distributed over their quality?",
    parameters: ["runId"],
    sql: `
select score_from, count
from quality_histogram
where run_id = $1
order by score_from`,
  },
  {
    name: "pii-by-type",
    question: "How much personal data of each type does the corpus hold?",
    parameters: ["runId"],
    sql: `
select type, chunks, spans
from pii_by_type
where run_id = $1
order by chunks desc`,
  },
  {
    name: "since",
    question: "What has been added or replaced since then?",
    parameters: ["since"],
    sql: `
select id, dataset, file_name, ordinal, created_at
from chunk
where created_at >= $1
order by created_at
limit 1000`,
  },
  {
    name: "duplicates",
    question: "Which documents repeat another, and how closely?",
    parameters: ["dataset"],
    sql: `
select d.path, o.path as original, d.similarity
from document d
join document o on o.id = d.duplicate_of
where d.dataset = $1
  and d.duplicate_of is not null
order by d.path
limit 100`,
  },
  {
    name: "dataset-state",
    question: "Was the whole dataset made by one recipe, tokenizer, budget and code?",
    parameters: ["dataset"],
    sql: `
select recipe_sha256, tokenizer, max_tokens, code_version, documents
from dataset_state
where dataset = $1`,
  },
  {
    name: "runs",
    question: "What did the last runs do?",
    parameters: ["dataset"],
    sql: `
select *
from run_summary
where dataset = $1
order by started_at desc
limit 20`,
  },
  {
    name: "sums",
    question: "Did any record appear or disappear? No row is the right answer.",
    parameters: [],
    sql: `
select *
from run_sums`,
  },
];
