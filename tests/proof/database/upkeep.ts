/** What the whole takes: room on disk, lineage's steps over a dataset, and migrating a full database up and down. */
import { markExactDuplicates } from "@pipeline/lineage/dataset/exact-duplicates";
import { writeStatistics } from "@pipeline/lineage/dataset/statistics";
import type { Database } from "@pipeline/shared/postgres/database";
import { migrateDown, migrateUp, schemaStatus } from "@pipeline/shared/postgres/schema";
import type { Trial } from "../../support/proof.js";

export interface Size {
  readonly name: string;
  readonly kind: "table" | "index";
  /** Of a table, as the server estimates them. */
  readonly rows: number | null;
  readonly megabytes: number;
}

/** Tables and indexes of more than a megabyte, the largest first. */
export async function sizesOf(database: Database): Promise<Size[]> {
  const sql = `select c.relname as name, case c.relkind when 'r' then 'table' else 'index' end as kind,
      case c.relkind when 'r' then c.reltuples::bigint end as rows,
      round((case c.relkind when 'r' then pg_table_size(c.oid) else pg_relation_size(c.oid) end) / 1e6)::integer as megabytes
    from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'i') and pg_relation_size(c.oid) > 1e6
    order by 4 desc`;
  return (await database.query<Size>("measuring", sql)).map((row) => ({ ...row, rows: row.rows === null ? null : Number(row.rows) }));
}

/** The chunks' indexes take less room than the chunks. */
export function sizeTrial(sizes: readonly Size[]): Trial {
  const chunk = sizes.find(({ name }) => name === "chunk")!.megabytes;
  const indexes = sizes.filter(({ name, kind }) => kind === "index" && name.startsWith("chunk_"));
  const ofIndexes = indexes.reduce((sum, { megabytes }) => sum + megabytes, 0);
  const largest = indexes.slice(0, 3).map(({ name, megabytes }) => `${name} ${megabytes}`);
  return {
    tried: "room on disk, table and indexes",
    times: 1,
    held: Number(ofIndexes < chunk),
    outcome: `${chunk} MB of chunks, ${ofIndexes} MB of ${indexes.length} indexes on them (${largest.join(", ")} ...)`,
  };
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return Math.round(performance.now() - from) / 1000;
}

/** Seconds of wall time that lineage spends on the whole dataset at the end of a run. */
export async function datasetSteps(database: Database, dataset: string): Promise<Record<string, number>> {
  const [run] = await database.query<{ id: string }>("reading", "select max(id) as id from pipeline_run where dataset = $1", [dataset]);
  return {
    markExactDuplicates: await timed(() => markExactDuplicates(database, dataset)),
    writeStatistics: await timed(() => writeStatistics(database, run!.id, dataset)),
  };
}

const RELATIONS = `select coalesce(string_agg(concat(c.relname, ':', c.relkind), ' ' order by c.relname), '') as all
  from pg_class c
  where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'v', 'i', 'S') and c.relname not like 'schema\\_migration%'`;

export interface Migrated {
  readonly upSeconds: number;
  readonly downSeconds: number;
  readonly upAgainSeconds: number;
  /** Whether nothing was left after down, and the same came after up again. */
  readonly isReversed: boolean;
}

/** Applies what is applied, takes everything back with all the rows, and makes it again: empty. */
export async function migrateFull(database: Database): Promise<Migrated> {
  const relations = async () => (await database.query<{ all: string }>("reading", RELATIONS))[0]!.all;
  const made = await relations();
  const upSeconds = await timed(() => migrateUp(database));
  const downSeconds = await timed(async () => {
    while ((await schemaStatus(database)).applied.length > 0) await migrateDown(database);
  });
  const left = await relations();
  const upAgainSeconds = await timed(() => migrateUp(database));
  return { upSeconds, downSeconds, upAgainSeconds, isReversed: left === "" && (await relations()) === made };
}
