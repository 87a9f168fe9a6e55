/** The first schema: runs and their lineage, documents with their verdicts, chunks, rejections, signatures, and figures ready to draw. */
import type { MigrationInterface, QueryRunner } from "typeorm";
import { TSV_EXPRESSION } from "../text-search.js";

const PIPELINE_RUN = `
create table pipeline_run (
  id text not null,
  dataset text not null,
  source text not null,
  "partition" text,
  recipe_name text not null,
  recipe_sha256 text not null,
  status text not null,
  counts jsonb not null default '{}',
  started_at timestamptz not null,
  finished_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint pipeline_run_pkey primary key (id),
  constraint pipeline_run_status_check check (status in ('running', 'ok', 'failed', 'abandoned')),
  constraint pipeline_run_finished_check check ((status = 'running') = (finished_at is null))
);
create index pipeline_run_dataset_idx on pipeline_run (dataset, started_at desc);
`;

// run_id is no foreign key: parts made by a run that this database never saw can be loaded from storage, and name their maker.
const LINEAGE = `
create table lineage (
  id uuid not null,
  run_id text not null,
  task text not null,
  batch_id text not null default '',
  status text not null,
  made_by uuid,
  inputs jsonb not null default '[]',
  outputs jsonb not null default '[]',
  counts jsonb not null default '{}',
  options jsonb not null default '{}',
  recipe_name text,
  recipe_sha256 text,
  code_version text not null,
  image_digest text,
  orchestrator jsonb not null default '{}',
  started_at timestamptz not null,
  finished_at timestamptz,
  error_code text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint lineage_pkey primary key (id),
  constraint lineage_run_id_task_batch_id_key unique (run_id, task, batch_id),
  constraint lineage_made_by_fkey foreign key (made_by) references lineage (id),
  constraint lineage_status_check check (status in ('running', 'ok', 'failed', 'lost', 'reused')),
  constraint lineage_reused_check check ((status = 'reused') = (made_by is not null)),
  constraint lineage_error_check check (status <> 'failed' or error_code is not null)
);
create index lineage_made_by_idx on lineage (made_by) where made_by is not null;

create table lineage_attempt (
  lineage_id uuid not null,
  attempt integer not null,
  status text not null,
  error_code text,
  started_at timestamptz not null,
  finished_at timestamptz,
  constraint lineage_attempt_pkey primary key (lineage_id, attempt),
  constraint lineage_attempt_lineage_id_fkey foreign key (lineage_id) references lineage (id) on delete cascade,
  constraint lineage_attempt_attempt_check check (attempt >= 1),
  constraint lineage_attempt_status_check check (status in ('ok', 'failed', 'lost'))
);
`;

// A btree refuses keys above 2,704 bytes, and a path may be longer: hash indexes take any.
// fillfactor: every run that meets an unchanged document notes that in its row; with room beside it no index is touched.
const DOCUMENT = `
create table document (
  id uuid not null,
  dataset text not null,
  path text not null,
  file_name text not null,
  source_uri text not null,
  raw_sha256 text,
  raw_bytes bigint not null,
  encoding text,
  encoding_confidence double precision,
  language text,
  language_confidence double precision,
  verdict text not null,
  drop_reason text,
  drop_value jsonb,
  drop_threshold jsonb,
  failure_code text,
  rules jsonb not null default '[]',
  metrics jsonb not null default '{}',
  cleaning jsonb,
  recipe_sha256 text not null,
  load_key text,
  run_started_at timestamptz not null,
  accepted_chunks integer not null,
  duplicate_of uuid,
  similarity double precision,
  retired_at timestamptz,
  ingest_id uuid not null,
  transformation_id uuid not null,
  load_id uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint document_pkey primary key (id),
  constraint document_duplicate_of_fkey foreign key (duplicate_of) references document (id),
  constraint document_ingest_id_fkey foreign key (ingest_id) references lineage (id),
  constraint document_transformation_id_fkey foreign key (transformation_id) references lineage (id),
  constraint document_load_id_fkey foreign key (load_id) references lineage (id),
  constraint document_raw_bytes_check check (raw_bytes >= 0),
  constraint document_verdict_check check (verdict in ('kept', 'dropped', 'failed')),
  constraint document_dropped_check check ((verdict = 'dropped') = (drop_reason is not null)),
  constraint document_failed_check check ((verdict = 'failed') = (failure_code is not null)),
  constraint document_accepted_chunks_check check (accepted_chunks >= 0 and (verdict = 'kept' or accepted_chunks = 0)),
  constraint document_duplicate_check check ((duplicate_of is null) = (similarity is null) and duplicate_of <> id),
  constraint document_similarity_check check (similarity between 0 and 1)
) with (fillfactor = 80);
create index document_state_idx on document (dataset, recipe_sha256, transformation_id) where retired_at is null;
create index document_verdict_idx on document (dataset, verdict, drop_reason, id);
create index document_ingest_idx on document (ingest_id);
create index document_transformation_idx on document (transformation_id);
create index document_load_idx on document (load_id);
create index document_duplicate_of_idx on document (duplicate_of) where duplicate_of is not null;
create index document_duplicate_idx on document (dataset, id) where duplicate_of is not null;
create index document_raw_sha256_idx on document (raw_sha256);
create index document_path_idx on document using hash (path);
create index document_file_name_idx on document using hash (file_name);
`;

// Autovacuum looks after every twentieth new row, not every fifth: it makes plans right and empties the waiting list of the text index.
const CHUNK = `
create table chunk (
  id uuid not null,
  document_id uuid not null,
  dataset text not null,
  file_name text not null,
  ordinal integer not null,
  text text not null,
  tokenizer text not null,
  max_tokens integer not null,
  token_count integer not null,
  overlap integer not null,
  char_start integer not null,
  char_end integer not null,
  byte_start bigint not null,
  byte_end bigint not null,
  origin text not null,
  quality_score double precision not null,
  quality jsonb not null,
  non_alphanumeric_ratio double precision not null,
  has_pii boolean not null,
  pii jsonb not null default '[]',
  pii_types text[] not null default '{}',
  flags text[] not null default '{}',
  language text,
  tsv tsvector generated always as (${TSV_EXPRESSION}) stored,
  content_sha256 text not null,
  transformation_id uuid not null,
  processed_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint chunk_pkey primary key (id),
  constraint chunk_document_id_ordinal_key unique (document_id, ordinal),
  constraint chunk_document_id_fkey foreign key (document_id) references document (id) on delete cascade,
  constraint chunk_transformation_id_fkey foreign key (transformation_id) references lineage (id),
  constraint chunk_text_check check (text <> ''),
  constraint chunk_token_count_check check (token_count between 1 and max_tokens),
  constraint chunk_characters_check check (char_start >= 0 and char_end > char_start),
  constraint chunk_bytes_check check (byte_start >= 0 and byte_end >= byte_start),
  constraint chunk_origin_check check (origin in ('exact', 'widened')),
  constraint chunk_quality_score_check check (quality_score between 0 and 1),
  constraint chunk_non_alphanumeric_ratio_check check (non_alphanumeric_ratio between 0 and 1),
  constraint chunk_has_pii_check check (has_pii = (pii <> '[]'::jsonb) and has_pii = (pii_types <> '{}'))
) with (autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);
create index chunk_document_idx on chunk (dataset, document_id, ordinal);
create index chunk_tsv_idx on chunk using gin (tsv);
create index chunk_quality_idx on chunk (dataset, quality_score, id);
create index chunk_language_idx on chunk (dataset, language, quality_score, id);
create index chunk_transformation_idx on chunk (transformation_id);
create index chunk_content_sha256_idx on chunk (content_sha256);
create index chunk_has_pii_idx on chunk (dataset, document_id, ordinal) where has_pii;
create index chunk_pii_types_idx on chunk using gin (pii_types) where has_pii;
create index chunk_created_at_idx on chunk (dataset, created_at, id);
`;

const REJECTION = `
create table rejection (
  id uuid not null,
  document_id uuid not null,
  dataset text not null,
  level text not null,
  ordinal integer,
  reason text not null,
  value jsonb,
  threshold jsonb,
  char_start integer,
  char_end integer,
  byte_start bigint,
  byte_end bigint,
  token_count integer,
  quality_score double precision,
  non_alphanumeric_ratio double precision,
  pii jsonb not null default '{}',
  transformation_id uuid not null,
  created_at timestamptz not null default now(),
  constraint rejection_pkey primary key (id),
  constraint rejection_document_id_fkey foreign key (document_id) references document (id) on delete cascade,
  constraint rejection_transformation_id_fkey foreign key (transformation_id) references lineage (id),
  constraint rejection_level_check check (level in ('document', 'chunk')),
  constraint rejection_place_check check ((level = 'chunk') = (num_nulls(ordinal, char_start, char_end, byte_start, byte_end) = 0))
);
create index rejection_document_idx on rejection (document_id, ordinal);
create index rejection_reason_idx on rejection (dataset, level, reason, document_id, ordinal);
create index rejection_transformation_idx on rejection (transformation_id);
`;

const SIGNATURES = `
create table document_signature (
  document_id uuid not null,
  dataset text not null,
  exact_sha256 text not null,
  minhash integer[],
  constraint document_signature_pkey primary key (document_id),
  constraint document_signature_document_id_fkey foreign key (document_id) references document (id) on delete cascade
);
create index document_signature_exact_idx on document_signature (dataset, exact_sha256, document_id);

create table signature_band (
  dataset text not null,
  band smallint not null,
  hash bigint not null,
  document_id uuid not null,
  constraint signature_band_pkey primary key (dataset, band, hash, document_id),
  constraint signature_band_document_id_fkey foreign key (document_id) references document_signature (document_id) on delete cascade
);
create index signature_band_document_idx on signature_band (document_id);
`;

const CHUNK_STATISTIC = `
create table chunk_statistic (
  run_id text not null,
  dataset text not null,
  measure text not null,
  bucket text not null,
  count bigint not null,
  constraint chunk_statistic_pkey primary key (run_id, dataset, measure, bucket),
  constraint chunk_statistic_run_id_fkey foreign key (run_id) references pipeline_run (id) on delete cascade,
  constraint chunk_statistic_count_check check (count >= 0)
);
`;

/**
 * Where TypeORM looks up what a generated column was generated from; without the row it would propose to make the column anew.
 * It makes the table itself before it runs migrations, but other runners of this file do not.
 */
const TYPEORM_METADATA = `
create table if not exists typeorm_metadata (
  type varchar not null,
  database varchar,
  schema varchar,
  "table" varchar,
  name varchar,
  value text
);
`;

export class CorpusTables1795478400000 implements MigrationInterface {
  readonly name = "CorpusTables1795478400000";

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [PIPELINE_RUN, LINEAGE, DOCUMENT, CHUNK, REJECTION, SIGNATURES, CHUNK_STATISTIC, TYPEORM_METADATA])
      await runner.query(sql);
    const sql = `insert into typeorm_metadata (type, database, schema, "table", name, value)
      values ('GENERATED_COLUMN', current_database(), current_schema(), 'chunk', 'tsv', $1)`;
    await runner.query(sql, [TSV_EXPRESSION]);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = "typeorm_metadata chunk_statistic signature_band document_signature rejection chunk document lineage_attempt lineage";
    for (const table of [...tables.split(" "), "pipeline_run"]) await runner.query(`drop table if exists ${table}`);
  }
}
