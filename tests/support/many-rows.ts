/** A large corpus made by the server itself, in seconds: for tests of plans and times, where what the rows say matters little. */
import type { Database } from "@pipeline/shared/postgres/database";

export const RUN = "run-large";

/** Words by Zipf's law: "w1" is in most chunks, "w900" in few. */
const TEXT = `(select string_agg('w' || floor(1000 ^ random())::int, ' ') from generate_series(1, 20 + 0 * n)) || ' unique' || n`;

const STATEMENTS = [
  `insert into pipeline_run (id, dataset, source, recipe_name, recipe_sha256, status, started_at)
   values ('${RUN}', 'corpus', 'file:///x', 'default', 'r', 'running', now())`,
  `insert into lineage (id, run_id, task, batch_id, status, options, code_version, started_at, counts)
   select md5('${RUN}' || n)::uuid, '${RUN}', case n % 3 when 0 then 'clean-chunk' when 1 then 'validate' else 'load' end, n / 3, 'ok',
     '{"tokenizer": "o200k_base", "maxTokens": 512}', 'code', now(), '{}'
   from generate_series(0, 299) n`,
];

const DOCUMENTS = (count: number): string => `
insert into document (id, dataset, path, file_name, source_uri, raw_sha256, raw_bytes, language, verdict, drop_reason, recipe_sha256,
  run_started_at, accepted_chunks, ingest_id, transformation_id, load_id, rules, metrics)
select md5('d' || n)::uuid, 'corpus', 'folder/' || n || '.txt', n || '.txt', 'file:///x/' || n, md5('raw' || n), 5000, 'en',
  case when n % 10 = 0 then 'dropped' else 'kept' end, case when n % 10 = 0 then 'reason' || n % 7 end, 'r', now(), 0,
  md5('${RUN}0')::uuid, md5('${RUN}' || n % 300)::uuid, md5('${RUN}' || 2 + 3 * (n % 100))::uuid,
  (select jsonb_agg(jsonb_build_object('set', 'default', 'name', 'rule' || r, 'value', random(), 'threshold', 0.5, 'passed', true)) from generate_series(1, 3) r),
  '{"characters": 5000}'
from generate_series(1, ${count}) n`;

const CHUNKS = (count: number, documents: number): string => `
insert into chunk (id, document_id, dataset, file_name, ordinal, text, tokenizer, max_tokens, token_count, overlap, char_start, char_end,
  byte_start, byte_end, origin, quality_score, quality, non_alphanumeric_ratio, has_pii, pii, pii_types, language, content_sha256, transformation_id,
  processed_at, created_at)
select md5('c' || n)::uuid, md5('d' || 1 + n % ${documents})::uuid, 'corpus', 'f' || n, n / ${documents}, ${TEXT}, 'o200k_base', 512,
  1 + n % 512, 0, 0, 10, 0, 10, 'exact', random(), '{"words": 0.5}', 0.1, n % 20 = 0,
  case when n % 20 = 0 then jsonb_build_array(jsonb_build_object('type', 'type' || n % 7, 'start', 1, 'end', 9, 'score', 1)) else '[]' end,
  case when n % 20 = 0 then array['type' || n % 7] else '{}' end,
  (array['en', 'de', 'fr', 'zh'])[1 + floor(4 * random() ^ 3)::int], md5('t' || n), md5('${RUN}' || 1 + 3 * (n * 100::bigint / ${count + 1}))::uuid, now(),
  now() - interval '1 second' * (${count} - n)
from generate_series(1, ${count}) n`;

const REJECTIONS = (count: number, documents: number): string => `
insert into rejection (id, document_id, dataset, level, ordinal, reason, char_start, char_end, byte_start, byte_end, transformation_id)
select md5('x' || n)::uuid, md5('d' || 1 + n % ${documents})::uuid, 'corpus', 'chunk', n, 'reason' || floor(20 * random()), 0, 1, 0, 1,
  md5('${RUN}' || n % 300)::uuid
from generate_series(1, ${count}) n`;

/** Fills a migrated, empty database: `chunks` chunks and as many rejections, of half as many documents, 2 % of them duplicates. */
export async function makeManyRows(database: Database, chunks: number): Promise<void> {
  const documents = chunks / 2;
  const duplicates = `update document set similarity = 1, duplicate_of = md5('d1')::uuid where (right(path, 6)) in ('00.txt', '50.txt')`;
  const statements = [...STATEMENTS, DOCUMENTS(documents), duplicates, CHUNKS(chunks, documents), REJECTIONS(chunks, documents)];
  for (const sql of [...statements, "vacuum analyze"]) await database.query("making many rows", sql);
}
