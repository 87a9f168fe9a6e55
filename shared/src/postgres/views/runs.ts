/** Views over runs: what became of everything, why things were dropped, and whether the sums hold. */
import type { View } from "./view.js";

/** The sum of an object's numbers: {"too_short": 3, "empty": 1} is 4. */
const sumOf = (counts: string): string => `(select coalesce(sum(value::bigint), 0)::bigint from jsonb_each_text(${counts}))`;

/** What became of a run's records of one kind, each counted once, as its report says it; 0 until lineage has counted. */
const outcomes = (kind: "documents" | "chunks"): string => {
  const number = (name: string): string => `coalesce((r.counts -> '${kind}' ->> '${name}')::bigint, 0) as ${kind}_${name}`;
  const total = (name: string): string => `${sumOf(`r.counts -> '${kind}' -> '${name}'`)} as ${kind}_${name}`;
  return [number("in"), number("kept"), total("dropped"), total("failed"), number("superseded")].join(",\n  ");
};

export const runSummary: View = {
  name: "run_summary",
  about: "One row per run: its state, its batches, and what became of its documents and chunks, each counted once.",
  select: `
select
  r.id as run_id, r.dataset, r.source, r."partition", r.recipe_name, r.recipe_sha256, r.status, r.started_at, r.finished_at,
  extract(epoch from r.finished_at - r.started_at)::double precision as seconds,
  count(distinct l.batch_id) filter (where l.task = 'clean-chunk') as batches,
  count(*) filter (where l.status = 'reused') as reused_transformations,
  count(*) filter (where l.status in ('failed', 'lost')) as failed_transformations,
  ${outcomes("documents")},
  ${outcomes("chunks")}
from pipeline_run r
left join lineage l on l.run_id = r.id
group by r.id`,
};

export const dropReasonByRun: View = {
  name: "drop_reason_by_run",
  about: "How many documents (by clean-chunk) and chunks (by validate) each run dropped, by reason.",
  select: `
select l.run_id, r.dataset, kind.name as kind, dropped.reason, sum(dropped.count::bigint)::bigint as count
from lineage l
join pipeline_run r on r.id = l.run_id
join (values ('clean-chunk', 'documents'), ('validate', 'chunks')) as kind (task, name) on kind.task = l.task
cross join lateral jsonb_each_text(l.counts -> kind.name -> 'dropped') as dropped (reason, count)
group by l.run_id, r.dataset, kind.name, dropped.reason`,
};

/** What one step hands to the next: the figure of the first must be the figure of the second, batch by batch. */
const HANDOVERS = `('clean-chunk', 'validate', 'chunks', 'kept', 'in'), ('validate', 'load', 'chunks', 'kept', 'in'),
  ('clean-chunk', 'load', 'documents', 'in', 'in')`;

export const runSums: View = {
  name: "run_sums",
  about: "Must be empty: transformations whose records do not add up, and steps that did not receive what the step before handed over.",
  select: `
select l.run_id, l.batch_id, l.task, kind.name as kind,
  'in is ' || (kind.counts ->> 'in') || ', outcomes are ' || outcomes.sum as problem
from lineage l
cross join lateral jsonb_each(l.counts) as kind (name, counts)
cross join lateral (
  select (kind.counts ->> 'kept')::bigint + (kind.counts ->> 'superseded')::bigint
    + ${sumOf("kind.counts -> 'dropped'")} + ${sumOf("kind.counts -> 'failed'")} as sum
) outcomes
where l.status in ('ok', 'reused')
  and (kind.counts ->> 'in')::bigint <> outcomes.sum
union all
select a.run_id, a.batch_id, b.task, hand.kind,
  a.task || ' handed over ' || (a.counts -> hand.kind ->> hand.given) || ', ' || b.task || ' received ' || (b.counts -> hand.kind ->> hand.taken)
from (values ${HANDOVERS}) as hand (giver, taker, kind, given, taken)
join lineage a on a.task = hand.giver and a.status in ('ok', 'reused')
join lineage b on b.run_id = a.run_id and b.batch_id = a.batch_id and b.task = hand.taker and b.status in ('ok', 'reused')
where a.counts -> hand.kind -> hand.given <> b.counts -> hand.kind -> hand.taken`,
};
