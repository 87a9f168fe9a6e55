/** What is not in the corpus: dropped, rejected, repeated. */
import { NO_ID, type Query } from "./query.js";

export const LOST: readonly Query[] = [
  {
    name: "dropped-for",
    question: "Which documents were dropped for this reason, with what value against which threshold?",
    isBasic: true,
    parameters: ["dataset", "reason", "afterId"],
    firstPage: [NO_ID],
    sql: `
select id, path, drop_value, drop_threshold, source_uri
from document
where dataset = $1
  and verdict = 'dropped'
  and drop_reason = $2
  and id > $3
order by id
limit 100`,
  },
  {
    name: "rejected-for",
    question: "Which chunks were rejected for this reason, and where does their text lie?",
    parameters: ["dataset", "reason", "afterDocumentId", "afterOrdinal"],
    firstPage: [NO_ID, -1],
    sql: `
select id, document_id, ordinal, value, threshold, byte_start, byte_end
from rejection
where dataset = $1
  and level = 'chunk'
  and reason = $2
  and (document_id, ordinal) > ($3, $4)
order by document_id, ordinal
limit 100`,
  },
  {
    name: "duplicates",
    question: "Which documents repeat another, and how closely?",
    parameters: ["dataset", "afterId"],
    firstPage: [NO_ID],
    sql: `
select d.id, d.path, o.path as original, d.similarity
from document d
join document o on o.id = d.duplicate_of
where d.dataset = $1
  and d.duplicate_of is not null
  and d.id > $2
order by d.id
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
    name: "drop-reasons-over-time",
    question: "How do the reasons for dropping change from run to run?",
    parameters: ["dataset", "since"],
    sql: `
select started_at, run_id, kind, reason, count
from drop_reason_by_run
where dataset = $1
  and started_at >= $2
order by started_at, kind, count desc
limit 1000`,
  },
];
