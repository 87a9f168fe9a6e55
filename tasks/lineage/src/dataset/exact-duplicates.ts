/** A dataset's documents to the ones that repeat another: a property of the set alone, whatever order its batches were loaded in. */
import type { Database } from "@pipeline/shared/postgres/database";
import { lockDataset } from "./lock.js";

/** Of documents with equal text the lowest id stays. Similarity 1 marks an exact duplicate; marks of near ones are left alone. */
const MARK = `
with live as (
  select s.document_id as id, min(s.document_id::text) over (partition by s.exact_sha256)::uuid as original
  from document_signature s
  join document d on d.id = s.document_id
  where s.dataset = $1
    and d.verdict = 'kept'
    and d.retired_at is null
),
wanted as (
  select id, nullif(original, id) as original
  from live
  union all
  select id, null
  from document
  where dataset = $1
    and duplicate_of is not null
    and (verdict <> 'kept' or retired_at is not null)
)
update document d
set duplicate_of = wanted.original, similarity = case when wanted.original is not null then 1 end, updated_at = now()
from wanted
where d.id = wanted.id
  and d.duplicate_of is distinct from wanted.original
  and (wanted.original is not null or d.similarity = 1)`;

const COUNT = "select count(*)::integer as duplicates from document where dataset = $1 and similarity = 1";

/** Marks every exact duplicate and clears marks that no longer hold; gives how many there are. Safe to repeat. */
export async function markExactDuplicates(database: Database, dataset: string): Promise<number> {
  return database.transaction("marking duplicates", async (manager) => {
    await lockDataset(manager, dataset);
    await manager.query(MARK, [dataset]);
    const [{ duplicates }] = await manager.query(COUNT, [dataset]);
    return duplicates;
  });
}
