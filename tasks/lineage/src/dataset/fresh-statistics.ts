/** Tables of which much has changed to fresh statistics: plans are right when the run ends, not after autovacuum's next round. */
import type { Database } from "@pipeline/shared/postgres/database";

/** As autovacuum measures it, by its own defaults. */
const STALE = `
select quote_ident(s.relname) as name
from pg_stat_user_tables s
where s.schemaname = current_schema()
  and s.relname in ('pipeline_run', 'lineage', 'document', 'chunk', 'rejection', 'document_signature', 'signature_band', 'chunk_statistic')
  and s.n_mod_since_analyze > 50 + 0.1 * s.n_live_tup
order by s.relname`;

/** Gives the tables that were due. Where this user may not (a loader before PostgreSQL 17), the server leaves them to autovacuum. */
export async function freshenStatistics(database: Database): Promise<string[]> {
  const stale = await database.query<{ name: string }>("looking for stale statistics", STALE);
  for (const { name } of stale) await database.query("making statistics", `analyze ${name}`);
  return stale.map(({ name }) => name);
}
