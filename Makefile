# Verbs a newcomer needs; `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: node_modules/.installed ## install the pinned dependencies and build
	npm run --silent build

node_modules/.installed: package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

sample: setup ## write the sample, some 1,500 documents, and its truth (OUT=dir, default sample/)
	@node local/dist/sample/main.js --out "$(or $(OUT),sample)"

lint: node_modules/.installed ## check style and unused code
	npm run --silent lint

test: node_modules/.installed ## build, lint and run every suite that needs no Docker
	@bash scripts/test

test-terraform: ## run the Terraform suites with mocked providers (TF_PLUGIN_DIR=dir for a local provider mirror)
	@bash scripts/test-terraform

test-dags: ## run the tests of the Airflow DAGs (a virtual environment of their own)
	@bash scripts/test-dags

.PHONY: test-dags

clean: ## remove what building made
	rm -rf shared/dist tasks/*/dist local/dist tests/dist

.PHONY: help setup sample lint test test-terraform clean
