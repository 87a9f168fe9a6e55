/** Runs that began and never ended to closed ones: their open transformations are lost. */
import type { Database } from "@pipeline/shared/postgres/database";

export interface Closing {
  readonly dataset: string;
  /** The run that asks. */
  readonly except: string;
  /** A run that has shown no sign of life since then is taken for dead. Loads show one with every transaction. */
  readonly silentSince: Date;
}

const DEAD = `
select r.id
from pipeline_run r
where r.dataset = $1
  and r.id <> $2
  and r.status = 'running'
  and greatest(r.updated_at, (select max(l.updated_at) from lineage l where l.run_id = r.id)) < $3
order by r.id
for update`;

const CLOSE = [
  "update pipeline_run set status = 'abandoned', finished_at = now(), updated_at = now() where id = any ($1)",
  "update lineage set status = 'lost', updated_at = now() where status = 'running' and run_id = any ($1)",
];

/** Closes them; gives their ids. One that comes back to life is opened again by its next load. */
export async function closeAbandonedRuns(database: Database, { dataset, except, silentSince }: Closing): Promise<string[]> {
  return database.transaction("closing abandoned runs", async (manager) => {
    const dead: { id: string }[] = await manager.query(DEAD, [dataset, except, silentSince]);
    const ids = dead.map(({ id }) => id);
    if (ids.length > 0) for (const sql of CLOSE) await manager.query(sql, [ids]);
    return ids;
  });
}
