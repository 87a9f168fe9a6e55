/** Views that must be empty: what was counted, step by step, and what the tables hold, added up by the database itself. */
import type { View } from "./view.js";

/** The sum of an object's numbers: {"too_short": 3, "empty": 1} is 4. */
export const sumOf = (counts: string): string => `(select coalesce(sum(value::bigint), 0)::bigint from jsonb_each_text(${counts}))`;

const IS_DONE = "status in ('ok', 'reused')";

const STEP = `
select l.run_id, l.batch_id, l.task, kind.name as kind,
  'in is ' || (kind.counts ->> 'in') || ', outcomes are ' || outcomes.sum as problem
from lineage l
cross join lateral jsonb_each(l.counts) as kind (name, counts)
cross join lateral (
  select (kind.counts ->> 'kept')::bigint + (kind.counts ->> 'superseded')::bigint
    + ${sumOf("kind.counts -> 'dropped'")} + ${sumOf("kind.counts -> 'failed'")} as sum
) outcomes
where l.${IS_DONE}
  and (kind.counts ->> 'in')::bigint <> outcomes.sum`;

/** What one step hands to the next: the figure of the first must be the figure of the second, batch by batch. */
const HANDOVERS = `('clean-chunk', 'validate', 'chunks', 'kept', 'in'), ('validate', 'load', 'chunks', 'kept', 'in'),
  ('clean-chunk', 'load', 'documents', 'in', 'in')`;

const HANDOVER = `
select a.run_id, a.batch_id, b.task, hand.kind,
  a.task || ' handed over ' || (a.counts -> hand.kind ->> hand.given) || ', ' || b.task || ' received ' || (b.counts -> hand.kind ->> hand.taken)
from (values ${HANDOVERS}) as hand (giver, taker, kind, given, taken)
join lineage a on a.task = hand.giver and a.${IS_DONE}
join lineage b on b.run_id = a.run_id and b.batch_id = a.batch_id and b.task = hand.taker and b.${IS_DONE}
where a.counts -> hand.kind -> hand.given <> b.counts -> hand.kind -> hand.taken`;

/** A run that is called well has every step of every batch, and clean-chunk received all that ingest listed. */
const MISSING_STEP = `
select r.id, c.batch_id, step.task, 'documents', 'the run is ok, and this step of the batch is not'
from pipeline_run r
join lineage c on c.run_id = r.id and c.task = 'clean-chunk'
cross join (values ('clean-chunk'), ('validate'), ('load')) as step (task)
where r.status = 'ok'
  and not exists (
    select from lineage l
    where l.run_id = r.id and l.batch_id = c.batch_id and l.task = step.task and l.${IS_DONE}
  )`;

const LOST_BATCH = `
select r.id, '', 'clean-chunk', 'documents', 'ingest listed ' || listed.documents || ', the batches hold ' || batches.documents
from pipeline_run r
join lineage i on i.run_id = r.id and i.task = 'ingest' and i.${IS_DONE}
cross join lateral (select (i.counts -> 'documents' ->> 'in')::bigint as documents) listed
cross join lateral (
  select coalesce(sum((l.counts -> 'documents' ->> 'in')::bigint), 0)::bigint as documents
  from lineage l
  where l.run_id = r.id and l.task = 'clean-chunk' and l.${IS_DONE}
) batches
where r.status = 'ok'
  and listed.documents <> batches.documents`;

/**
 * Rows against counts. Only of the newest run of a dataset: what an older one loaded may have been replaced since. Documents are found by
 * the load that met them last, for what nothing changed still names the transformations of the batch, perhaps another one, that made it.
 */
const ROWS = `
select r.id as run_id, l.batch_id, l.task, wrong.kind, wrong.problem
from (
  select r.id, r.dataset, r.started_at
  from pipeline_run r
  where not exists (select from pipeline_run newer where newer.dataset = r.dataset and newer.started_at > r.started_at)
  offset 0 -- which runs these are is found first: their documents are what takes time
) r
join lineage l on l.run_id = r.id and l.task = 'load' and l.status = 'ok'
cross join lateral (
  select count(*) as documents, coalesce(sum(d.accepted_chunks), 0) as said, coalesce(sum(held.chunks), 0) as chunks,
    count(*) filter (where d.verdict = 'dropped') as dropped, coalesce(sum(held.dropped), 0) as reasons
  from document d
  cross join lateral (
    select (select count(*) from chunk where document_id = d.id) as chunks,
      (select count(*) from rejection where document_id = d.id and level = 'document') as dropped
  ) held
  where d.load_id = l.id and d.run_started_at = r.started_at and d.dataset = r.dataset
) rows
cross join lateral (values
  ('documents', (l.counts -> 'documents' ->> 'in')::bigint - (l.counts -> 'documents' ->> 'superseded')::bigint, rows.documents, ' rows are there'),
  ('documents', rows.dropped, rows.reasons, ' of the dropped ones have a row that says why'),
  ('chunks', (l.counts -> 'chunks' ->> 'kept')::bigint, rows.chunks, ' rows are there'),
  ('chunks', (l.counts -> 'chunks' ->> 'kept')::bigint, rows.said, ' are what the documents say')
) as fact (kind, counted, found, what)
cross join lateral (select fact.kind, fact.counted || ' were counted, ' || fact.found || fact.what as problem) wrong
where fact.counted <> fact.found`;

export const rowSums: View = {
  name: "row_sums",
  about: "Must be empty: rows that are missing or too many, of what the newest run of a dataset loaded.",
  select: ROWS,
};

export const runSums: View = {
  name: "run_sums",
  about:
    "Must be empty: steps whose records do not add up or did not receive what the step before handed over, lost batches, and, of a dataset's newest run, rows that are missing or too many.",
  select: [STEP, HANDOVER, MISSING_STEP, LOST_BATCH, "\nselect run_id, batch_id, task, kind, problem from row_sums"].join("\nunion all"),
};

export const documentSums: View = {
  name: "document_sums",
  about: "Must be empty: documents whose chunks or reason are not the ones that their row speaks of.",
  select: `
select d.dataset, d.id as document_id, d.path, d.load_id,
  case
    when held.chunks <> d.accepted_chunks then d.accepted_chunks || ' chunks accepted, ' || held.chunks || ' rows are there'
    else 'dropped, and ' || held.reasons || ' rows say why'
  end as problem
from document d
cross join lateral (
  select (select count(*) from chunk where document_id = d.id) as chunks,
    (select count(*) from rejection where document_id = d.id and level = 'document') as reasons
) held
where held.chunks <> d.accepted_chunks
  or held.reasons <> (d.verdict = 'dropped')::integer`,
};
