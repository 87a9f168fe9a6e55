/** A run to what its tables hold too many or too few of, in words: manifests may add up while rows are gone. */
import type { Database } from "@pipeline/shared/postgres/database";

const ROWS = "select batch_id as batch, kind, problem from row_sums where run_id = $1 order by batch_id, kind, problem";

/** Empty when every document and chunk that was counted as stored is there, or when a newer run may have replaced them. */
export async function rowImbalancesOf(database: Database, runId: string): Promise<string[]> {
  const found = await database.query<{ batch: string; kind: string; problem: string }>("counting the rows of the run", ROWS, [runId]);
  return found.map(({ batch, kind, problem }) => `batch ${batch}: of its ${kind} ${problem}`);
}
