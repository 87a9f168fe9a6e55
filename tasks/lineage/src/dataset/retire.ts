/** The list of what a source holds to the documents that it no longer holds. */
import type { Database } from "@pipeline/shared/postgres/database";
import { lockDataset } from "./lock.js";

const IDS_PER_STATEMENT = 10_000; // 360 KB of ids

export interface Listing {
  readonly dataset: string;
  /** Documents of other sources in the same dataset have another prefix and are not touched; "" for all. */
  readonly pathPrefix: string;
  /** When the source was listed: what a newer run met is not missing. */
  readonly runStartedAt: Date;
  /** Ids of all documents that the source holds, from the first again at each call. */
  readonly present: () => AsyncIterable<string>;
}

/** The run that looked last has the last word: a load of an older one that wakes up late must not bring the document back. */
const RETIRE = `
with retired as (
  update document d
  set retired_at = now(), run_started_at = $2, updated_at = now()
  where d.dataset = $1
    and d.retired_at is null
    and d.run_started_at <= $2
    and starts_with(d.path, $3)
    and not exists (select from present p where p.id = d.id)
  returning 1
)
select count(*)::integer as retired from retired`;

/** Notes since when the missing ones are missing; gives how many that are new. Their rows stay, the corpus no longer shows them. */
export async function retireMissing(database: Database, listing: Listing): Promise<number> {
  const { dataset, pathPrefix, runStartedAt, present } = listing;
  return database.transaction("retiring documents", async (manager) => {
    await lockDataset(manager, dataset);
    await manager.query("create temporary table present (id uuid primary key) on commit drop");
    const insert = "insert into present select unnest($1::uuid[]) on conflict do nothing";
    for await (const ids of groupsOf(present())) await manager.query(insert, [ids]);
    const [{ retired }] = await manager.query(RETIRE, [dataset, runStartedAt, pathPrefix]);
    return retired;
  });
}

async function* groupsOf(ids: AsyncIterable<string>): AsyncGenerator<string[]> {
  let group: string[] = [];
  for await (const id of ids) {
    group.push(id);
    if (group.length < IDS_PER_STATEMENT) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

const OTHERS = `
select count(*)::integer as documents
from document
where dataset = $1
  and retired_at is null
  and source_uri <> $2 || path`;

/** How many documents of the dataset do not lie at their paths below `source`, a URI that ends in "/": another source brought them. */
export async function documentsFromElsewhere(database: Database, dataset: string, source: string): Promise<number> {
  const [others] = await database.query<{ documents: number }>("looking for other sources", OTHERS, [dataset, source]);
  return others!.documents;
}
