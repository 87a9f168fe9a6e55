/** What tables and columns mean: from the entities into the catalogue, where `\d+` and other tools show it. */
import type { EntityManager } from "typeorm";

/** An EntitySchema has no place for them. */
const TABLES: Readonly<Record<string, string>> = {
  pipeline_run: "Runs: executions of the whole pipeline over one dataset.",
  lineage: "Transformations: one task applied to one batch in one run, with all that is needed to explain or repeat it.",
  lineage_attempt: "Every try of a transformation, noted when its run is concluded.",
  document: "Every source file that was ever met, as it was last loaded, with what was decided about it.",
  chunk: "Accepted chunks, also those of duplicates and retired documents: the view corpus_chunk leaves these out.",
  rejection: "What was dropped, why, and where its text lies; never the text.",
  document_signature: "What duplicates are found by, of each kept document.",
  signature_band: "Bands of MinHash signatures: documents that share one are candidates for being near-duplicates.",
  chunk_statistic: "Bars of histograms over a dataset's corpus as each run left it: drawn without reading a chunk.",
};

interface Described {
  readonly table: string;
  /** null for the table itself. */
  readonly column: string | null;
  readonly comment: string;
}

const DIFFERENT = `
select said.table, said.column, said.comment
from json_to_recordset($1) as said ("table" text, "column" text, comment text)
left join pg_attribute a on a.attrelid = to_regclass(said.table) and a.attname = said.column
where said.comment is distinct from
  case when said.column is null then obj_description(to_regclass(said.table), 'pg_class') else col_description(a.attrelid, a.attnum) end`;

/** Writes those that are not there yet, or say something else. */
export async function writeComments(manager: EntityManager): Promise<void> {
  const different: Described[] = await manager.query(DIFFERENT, [JSON.stringify(described(manager))]);
  for (const { table, column, comment } of different) {
    const what = column === null ? `table ${table}` : `column ${table}."${column}"`;
    await manager.query(`comment on ${what} is '${comment.replaceAll("'", "''")}'`);
  }
}

function described({ dataSource }: EntityManager): Described[] {
  return dataSource.entityMetadatas.flatMap(({ tableName: table, ownColumns }) => [
    { table, column: null, comment: TABLES[table]! },
    ...ownColumns.map(({ databaseName, comment }) => ({ table, column: databaseName, comment: comment! })),
  ]);
}
