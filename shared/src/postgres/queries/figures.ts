/** Figures: distributions of a dataset as a run left it, runs, and whether everything is accounted for. */
import type { Query } from "./query.js";

export const FIGURES: readonly Query[] = [
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
    name: "quality-by-dataset",
    question: "How do the datasets compare in quality, each as its newest run left it?",
    parameters: [],
    sql: `
select newest.dataset, q.score_from, q.count, round(100 * q.count / sum(q.count) over (partition by newest.dataset), 2) as percent
from (
  select distinct on (dataset) dataset, id
  from pipeline_run
  where status = 'ok'
  order by dataset, started_at desc
) newest
join quality_histogram q on q.run_id = newest.id
order by newest.dataset, q.score_from`,
  },
  {
    name: "languages",
    question: "How many chunks and tokens are there of each language?",
    parameters: ["runId"],
    sql: `
select language, chunks, tokens
from language_share
where run_id = $1
order by tokens desc`,
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
    question: "Did any record appear or disappear in this run, in the counts or in the tables? No row is the right answer.",
    parameters: ["runId"],
    sql: `
select *
from run_sums
where run_id = $1`,
  },
  {
    name: "document-sums",
    question: "Does this document have the chunks that its row speaks of? No row is the right answer.",
    parameters: ["documentId"],
    sql: `
select *
from document_sums
where document_id = $1`,
  },
];
