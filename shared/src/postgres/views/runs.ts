/** Views over runs: what became of everything, and why things were dropped. */
import { sumOf } from "./sums.js";
import type { View } from "./view.js";

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
  steps.batches, steps.reused_transformations, steps.failed_transformations,
  ${outcomes("documents")},
  ${outcomes("chunks")}
from pipeline_run r
cross join lateral (
  select
    count(distinct l.batch_id) filter (where l.task = 'clean-chunk') as batches,
    count(*) filter (where l.status = 'reused') as reused_transformations,
    count(*) filter (where l.status in ('failed', 'lost')) as failed_transformations
  from lineage l
  where l.run_id = r.id
) steps`,
};

export const dropReasonByRun: View = {
  name: "drop_reason_by_run",
  about: "How many documents (by clean-chunk) and chunks (by validate) each run dropped, by reason.",
  select: `
select l.run_id, r.dataset, r.started_at, kind.name as kind, dropped.reason, sum(dropped.count::bigint)::bigint as count
from pipeline_run r
join lineage l on l.run_id = r.id
join (values ('clean-chunk', 'documents'), ('validate', 'chunks')) as kind (task, name) on kind.task = l.task
cross join lateral jsonb_each_text(l.counts -> kind.name -> 'dropped') as dropped (reason, count)
group by l.run_id, r.dataset, r.started_at, kind.name, dropped.reason`,
};
