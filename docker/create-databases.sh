#!/bin/bash
# Run once, by an empty PostgreSQL: Airflow's database and the corpus, each with an owner of its own.
# The tasks log in as a role that may change rows but not tables: `migrate` alone, as the owner, does that.
set -euo pipefail
psql --quiet -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v airflow_password="$AIRFLOW_DATABASE_PASSWORD" -v owner_password="$CORPUS_OWNER_PASSWORD" -v task_password="$CORPUS_TASK_PASSWORD" <<'SQL'
create role airflow login password :'airflow_password';
create role corpus_owner login password :'owner_password';
create role corpus_task login password :'task_password';
create database airflow owner airflow;
create database corpus owner corpus_owner;
revoke connect on database airflow, corpus from public;
grant connect, temporary on database corpus to corpus_task;
\connect corpus
grant usage on schema public to corpus_task;
alter default privileges for role corpus_owner grant select, insert, update, delete on tables to corpus_task;
alter default privileges for role corpus_owner grant usage, select on sequences to corpus_task;
SQL
