# Verbs a newcomer needs; `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

# What a run needs. Tools and corpora that only tests use are added when a test is asked for.
RUN_WORKSPACES := shared $(wildcard tasks/*) local

setup: node_modules/.runnable ## install the pinned dependencies and build
	npm run --silent build

node_modules/.runnable: package-lock.json
	npm ci --no-audit --no-fund --include-workspace-root $(addprefix --workspace ,$(RUN_WORKSPACES))
	@touch $@

node_modules/.installed: node_modules/.runnable
	npm install --no-save --no-audit --no-fund
	@touch $@

# Variables given to make reach the program through the environment.
local-run: setup ## the whole pipeline on this machine: INPUT OUT RECIPE DATASET PARTITION JOBS DATABASE_URL S3_URI (HELP=1 for all)
	@node local/dist/local-run.js $(if $(HELP),--help)

sample: setup ## write the sample, some 1,500 documents, and its truth (OUT=dir, default sample/)
	@node local/dist/sample/main.js --out "$(or $(OUT),sample)"

explain: setup ## what the pipeline does with a document, and why (FILE=path)
	@node local/dist/explain.js $(if $(FILE),"$$FILE")

database: setup ## start the database of OUT, print its address, keep it until Ctrl-C
	@node local/dist/database.js

query: setup ## print the rows of SQL='select ...' from the database of OUT or DATABASE_URL
	@node local/dist/query.js

lint: node_modules/.installed ## check style and unused code, and terraform/ as lint-terraform does
	npm run --silent lint
	@bash scripts/lint-terraform

test: node_modules/.installed ## build, lint and run every suite that needs no Docker
	@bash scripts/test

proof: node_modules/.installed ## what is too long for a test: kills, faults, sizes; writes tests/proof/results and the README's section (ONLY=kills)
	@bash scripts/proof $(ONLY)

.PHONY: proof

test-terraform: setup ## test terraform/: mocked providers, and dev applied to a stand-in for AWS (PROOF=1: prod too)
	@bash scripts/test-terraform

lint-terraform: ## check terraform/: format, validity, checkov's findings against terraform/exceptions.yaml, tflint where it is there
	@bash scripts/lint-terraform

tf-plan: ## plan an environment (ENV=dev|prod; STAND_IN=1 needs no account; TF_PLUGIN_DIR=local provider mirror)
	@bash scripts/tf-plan "$(or $(ENV),dev)"

.PHONY: lint-terraform tf-plan

test-dags: ## run the tests of the Airflow DAGs (a virtual environment of their own)
	@bash scripts/test-dags

images: ## build the images of the tasks and of Airflow, and print their sizes
	@bash scripts/stack-images

check-machine:
	@bash scripts/stack-check

up: check-machine setup ## start the stack: Airflow, PostgreSQL, S3, socket proxy (settings in docker/.env, made on first use)
	@bash scripts/stack-up

down: ## stop the stack; its data stay (VOLUMES=1 removes them too)
	@bash scripts/stack-down $(if $(VOLUMES),--volumes)

logs: ## follow what the stack's services say
	@cd docker && docker compose logs --follow --tail 50

trigger: ## start a run by hand and wait for it (PARAMS='{"partition": "2026-11-20"}')
	@node scripts/stack-trigger.mjs '$(or $(PARAMS),{})'

backfill: ## run past days, both included, and wait for them (FROM=2026-11-18 TO=2026-11-20; AGAIN=1 for days that have run)
	@node scripts/stack-backfill.mjs "$(FROM)" "$(TO)" $(if $(AGAIN),--again)

demo: up ## from a clean clone to a green run of the sample, and where its report lies
	@bash scripts/stack-demo

e2e: node_modules/.installed ## images and stack under faults: kills, stops, empty days, poisoned batches (QUICK=1: ten minutes of it)
	@bash scripts/stack-e2e

bench-stack: demo ## what containers and Airflow cost, into tests/proof/bench-stack.json
	@node --no-warnings scripts/stack-bench.mjs

.PHONY: test-dags images up down logs trigger backfill demo e2e bench-stack check-machine

clean: ## remove what building made
	rm -rf shared/dist tasks/*/dist tasks/*/bundle local/dist tests/dist

.PHONY: help setup local-run sample explain database query lint test test-terraform clean
