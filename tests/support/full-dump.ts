/** Everything that a database holds, without what two undisturbed runs over the same documents do not share: equal dumps mean equal work. */
import { runSql } from "./postgres.js";

type Row = Record<string, unknown>;

/** Times, and how often something was tried. Everything else must be equal. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  document: ["created_at", "updated_at", "run_started_at", "retired_at"],
  chunk: ["created_at", "updated_at", "processed_at"],
  rejection: ["created_at"],
  lineage: ["created_at", "updated_at", "started_at", "finished_at"],
  pipeline_run: ["created_at", "updated_at", "started_at", "finished_at"],
};
/** Tables that are only about tries. */
const IGNORED = new Set(["lineage_attempt", "schema_migration", "typeorm_metadata"]);

export interface DumpOptions {
  /** What stands for a place of this run alone, such as its output folder: replaced wherever it occurs. */
  readonly places: readonly string[];
}

/**
 * Rows of all tables as JSON, in an order of their own. Ids of runs, and the ids of transformations that are hashes of them, are replaced
 * by what they stand for; of a run that only found what an earlier one had made, no rows are shown.
 */
export async function fullDump(url: string, { places }: DumpOptions): Promise<Record<string, readonly string[]>> {
  const tables = await runSql(url, "select tablename as name from pg_tables where schemaname = 'public' order by 1");
  const transformations = await runSql(url, "select id, run_id, task, batch_id from lineage");
  const runs = await runSql(url, "select id from pipeline_run order by started_at, id");
  const later = new Set(runs.slice(1).map(({ id }) => String(id)));
  const names = new Map(transformations.map(({ id, task, batch_id }) => [String(id), `<${task} ${batch_id}>`]));
  const isLater = (row: Row) => later.has(String(row.run_id ?? "")) || later.has(String(row.id));
  const dumped: Record<string, readonly string[]> = {};
  for (const name of tables.map((table) => String(table.name)).filter((table) => !IGNORED.has(table))) {
    const rows = await runSql(url, `select to_jsonb(t) as row from ${name} t`);
    const kept = rows.map(({ row }) => row as Row).filter((row) => !isLater(row));
    dumped[name] = kept.map((row) => lineOf(row, LEFT_OUT[name] ?? [], names, [...places, ...runs.map(({ id }) => String(id))])).sort();
  }
  return dumped;
}

function lineOf(row: Row, omitted: readonly string[], names: ReadonlyMap<string, string>, places: readonly string[]): string {
  const shown = Object.fromEntries(Object.entries(row).filter(([column]) => !omitted.includes(column)));
  let line = JSON.stringify(shown, hashless);
  for (const place of places) line = line.replaceAll(place, "<here>");
  return line.replace(/"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/g, (quoted, id: string) =>
    names.has(id) ? `"${names.get(id)}"` : quoted,
  );
}

/** Manifests and reports of a run hold its times: of these only the name counts. Parts are content. */
function hashless(_: string, value: unknown): unknown {
  const isOfRun = typeof value === "object" && value !== null && "uri" in value && String(value.uri).includes("/runs/");
  return isOfRun ? { ...value, sha256: null } : value;
}

/** What a reader of the corpus sees, whichever of several runs wrote it. */
export function contentOf(url: string): Promise<Row[]> {
  return runSql(
    url,
    `select d.id, d.path, d.verdict, d.drop_reason, d.accepted_chunks, d.duplicate_of, c.id as chunk, c.text, c.token_count, c.quality_score, c.pii
     from document d left join chunk c on c.document_id = d.id order by d.id, c.ordinal`,
  );
}

/** The first lines that only one of two dumps has, for a message; empty when they are equal. */
export function differencesOf(expected: Record<string, readonly string[]>, found: Record<string, readonly string[]>): string[] {
  return [...new Set([...Object.keys(expected), ...Object.keys(found)])].flatMap((table) => {
    const [want, have] = [new Set(expected[table]), new Set(found[table])];
    const missing = [...want].filter((line) => !have.has(line)).map((line) => `${table} lacks ${line.slice(0, 300)}`);
    const extra = [...have].filter((line) => !want.has(line)).map((line) => `${table} has also ${line.slice(0, 300)}`);
    const twice = (found[table]?.length ?? 0) !== have.size ? [`${table} has rows twice`] : [];
    return [...missing.slice(0, 3), ...extra.slice(0, 3), ...twice];
  });
}
