/**
 * The three real corpora to a database of a million chunks: the whole pipeline runs over them once, and its rows are then copied inside the
 * server, under other ids, hashes, paths and runs. Words are as frequent as they are in the originals, and the rarest are in one row of 30,000.
 */
import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Database } from "@pipeline/shared/postgres/database";
import { CORPORA, documentsOf } from "../../support/corpora.js";

export const MAIN = "main";
/** About one row in a hundred. */
export const SMALL = "small";

const LOCAL_RUN = fileURLToPath(import.meta.resolve("@pipeline/local/local-run"));

/** Runs the pipeline over the corpora, into the dataset MAIN. */
export async function runPipeline(folder: string, databaseUrl: string): Promise<void> {
  const input = join(folder, "texts");
  await mkdir(input, { recursive: true });
  for (const corpus of CORPORA)
    for (const [index, raw] of documentsOf(corpus).entries()) await writeFile(join(input, `${corpus}-${index}.txt`), raw);
  const env = {
    PATH: process.env.PATH,
    INPUT: input,
    OUT: join(folder, "out"),
    DATASET: MAIN,
    DATABASE_URL: databaseUrl,
    BATCH_DOCUMENTS: "512",
  };
  const { status } = spawnSync(process.execPath, [LOCAL_RUN], { env, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw new Error(`local-run ended with ${status}`);
}

/** A copy's id for an id of the pipeline's own rows; $k is the copy's number. */
const idOf = (column: string): string => `md5(o.${column}::text || $k)::uuid`;
const hashOf = (column: string): string => `encode(sha256(convert_to(o.${column} || $k, 'UTF8')), 'hex')`;

/** Of ten copies two repeat the originals, and one is of documents that are gone. */
const IS_DUPLICATE = "$k % 5 = 2";
const IS_RETIRED = "$k % 10 = 4";
const LATER = "interval '1 day' * $k";
const LINEAGE_IDS = { ingest_id: idOf("ingest_id"), transformation_id: idOf("transformation_id"), load_id: idOf("load_id") };

/** Table -> what stands in a copy's column in place of the original's value. Runs before what points to them. */
const CHANGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  pipeline_run: { id: "'copy-' || $k", dataset: "$dataset", started_at: `o.started_at + ${LATER}` },
  lineage: { id: idOf("id"), made_by: "null", run_id: "'copy-' || $k", started_at: `o.started_at + ${LATER}` },
  lineage_attempt: { lineage_id: idOf("lineage_id") },
  chunk_statistic: { run_id: "'copy-' || $k", dataset: "$dataset" },
  document: {
    ...{ id: idOf("id"), dataset: "$dataset", path: "'copy-' || $k || '/' || o.path", raw_sha256: hashOf("raw_sha256"), ...LINEAGE_IDS },
    duplicate_of: `case when ${IS_DUPLICATE} and o.verdict = 'kept' then o.id end`,
    similarity: `case when ${IS_DUPLICATE} and o.verdict = 'kept' then 1 end`,
    retired_at: `case when ${IS_RETIRED} then now() end`,
    run_started_at: `o.run_started_at + ${LATER}`,
    created_at: `o.created_at + ${LATER}`,
  },
  chunk: {
    ...{ id: idOf("id"), document_id: idOf("document_id"), dataset: "$dataset", transformation_id: idOf("transformation_id") },
    content_sha256: `case when ${IS_DUPLICATE} then o.content_sha256 else ${hashOf("content_sha256")} end`,
    created_at: `o.created_at + ${LATER}`,
  },
  rejection: {
    ...{ id: idOf("id"), document_id: idOf("document_id"), dataset: "$dataset", transformation_id: idOf("transformation_id") },
    created_at: `o.created_at + ${LATER}`,
  },
  document_signature: {
    ...{ document_id: idOf("document_id"), dataset: "$dataset" },
    exact_sha256: `case when ${IS_DUPLICATE} then o.exact_sha256 else ${hashOf("exact_sha256")} end`,
  },
};

/** The pipeline's own rows, apart from the copies. */
async function keepOriginals(database: Database): Promise<number> {
  await run(database, "drop schema if exists original cascade", "create schema original");
  for (const table of Object.keys(CHANGES)) await run(database, `create unlogged table original.${table} as select * from ${table}`);
  const [{ total }] = (await database.query("counting", "select count(*)::integer as total from original.chunk")) as [{ total: number }];
  return total;
}

interface Copy {
  readonly k: number;
  readonly dataset: string;
  /** Only documents whose ids begin with a digit below this one. */
  readonly below: string;
}

const ALL = "g";

/** Enough copies to have `chunks` of them, the last one smaller and a dataset of its own. */
function copiesFor(chunks: number, original: number): Copy[] {
  const whole = Math.ceil(chunks / original) - 1;
  const main = Array.from({ length: whole }, (_, index) => ({ k: index + 1, dataset: MAIN, below: ALL }));
  const sixteenths = Math.max(1, Math.round((16 * chunks) / 100 / original));
  return [...main, { k: whole + 1, dataset: SMALL, below: Math.min(16, sixteenths).toString(17) }];
}

/** The columns of a table, or only those that can be written: all but generated ones. */
export async function columnsOf(database: Database, table: string, isWritable = true): Promise<string[]> {
  const sql = `select quote_ident(attname) as name from pg_attribute
    where attrelid = $1::regclass and attnum > 0 and not attisdropped and (attgenerated = '' or not $2) order by attnum`;
  return (await database.query<{ name: string }>("reading the catalogue", sql, [table, isWritable])).map(({ name }) => name);
}

async function copyRows(database: Database, { k, dataset, below }: Copy): Promise<void> {
  for (const [table, changes] of Object.entries(CHANGES)) {
    const columns = await columnsOf(database, table, false);
    const values = columns.map((name) => changes[name] ?? `o.${name}`).join(", ");
    const document = table === "document" ? "o.id" : columns.includes("document_id") ? "o.document_id" : null;
    const where = document && below !== ALL ? ` where ${document}::text < '${below}'` : "";
    const select = `select ${values} from original.${table} o${where}`.replaceAll("$k", String(k)).replaceAll("$dataset", `'${dataset}'`);
    await run(database, `insert into ${table} (${columns.join(", ")}) ${select}`);
  }
}

/** Copies until there are `chunks` of them, over `connections` at once; indexes are built afterwards, and references not checked, for speed. */
export async function multiply(database: Database, chunks: number, connections: number, without: readonly string[]): Promise<void> {
  const copies = copiesFor(chunks, await keepOriginals(database));
  const indexes = await dropIndexes(database);
  const copy = async (one: Copy): Promise<void> => {
    await copyRows(database, one);
    console.log(`copy ${one.k} is in, ${copies.length} to come`);
  };
  // A text's words were found when the pipeline stored it: its copies take them over, where the server would find them all again.
  await run(database, generated("''"));
  await shared(copies, connections, copy);
  await run(database, generated("'s'"), "drop schema original cascade");
  const wanted = indexes.filter((sql) => !without.some((name) => sql.includes(name)));
  await shared(wanted, connections, (sql) => run(database, sql));
  await run(database, "vacuum analyze");
}

/** Takes items off the list until none is left, several at once. */
async function shared<T>(items: T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const worker = async (): Promise<void> => {
    for (let item = items.shift(); item !== undefined; item = items.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Whether the server makes a chunk's words (s) or takes them as given (empty). */
const generated = (kind: string): string =>
  `update pg_attribute set attgenerated = ${kind} where attrelid = 'chunk'::regclass and attname = 'tsv'`;

/** Drops what no constraint needs; gives the statements that make it again. */
async function dropIndexes(database: Database): Promise<string[]> {
  const sql = "select indexname as name, indexdef as sql from pg_indexes where schemaname = current_schema() and indexname like '%\\_idx'";
  const found = await database.query<{ name: string; sql: string }>("reading the catalogue", sql);
  for (const { name } of found) await run(database, `drop index ${name}`);
  return found.map((index) => index.sql);
}

async function run(database: Database, ...statements: readonly string[]): Promise<void> {
  for (const sql of statements) await database.query("making the corpus", sql);
}
