# Every command of Homeward; the README tells what each one does.
# PORT, HOST, STATE_DIR and the other settings may stand behind a target: make run PORT=8001 STATE_DIR=.second

.PHONY: run local-cloud local-door test test-faults test-slow test-web test-infrastructure dev logs setup import source-key reports hide restore rebuild-tiles bring-back openapi pictures-report deploy drift destroy unlock redrive audit bench bench-map bench-pictures bench-page check cost
.SILENT:

HOME_PYTHON = .venv/bin/python
WITH_NODE = node=$$(sh local/find-node.sh) && export PATH="$$node:$$PATH" &&
PORT ?= 8000
STATE_DIR ?= .local
URL ?= http://127.0.0.1:$(PORT)
STAGE ?= dev
# What operators do is done on this machine unless they name a stage.
OPERATED = $(if $(filter file,$(origin STAGE)),local,$(STAGE))
# A cloud to try a deploy on is not that of `make run`, unless somebody says so.
TRIED = STATE_DIR='$(if $(filter file,$(origin STATE_DIR)),.local-cloud,$(STATE_DIR))'
BENCH = $(WITH_NODE) $(HOME_PYTHON) -m pip install --quiet -r requirements-bench.txt && exec $(HOME_PYTHON) -m benchmarks
# The tests start hundreds of interpreters; where Python may keep no compiled files, each compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE
# All tests share two processes; a part of them (ARGS) starts sooner in one.
SHARED_OUT = --numprocesses auto --maxprocesses 2 --dist loadscope --no-loadscope-reorder
AS_OPERATOR = $(if $(filter local,$(OPERATED)),-m local exec $(HOME_PYTHON))

run: setup
	$(WITH_NODE) exec $(HOME_PYTHON) -m local run

local-cloud: setup
	$(TRIED) exec $(HOME_PYTHON) -m local cloud

local-door: setup
	$(TRIED) exec $(HOME_PYTHON) -m local exec $(HOME_PYTHON) -m local door '$(STAGE)'

dev: setup
	$(WITH_NODE) exec $(HOME_PYTHON) -m local dev

logs: setup
	exec $(HOME_PYTHON) -m local logs '$(FUNCTION)'

test: setup
	$(WITH_NODE) $(HOME_PYTHON) -m local packages && status=0; \
	npm --prefix frontend test || status=1; \
	$(HOME_PYTHON) -m pytest $(or $(ARGS),$(SHARED_OUT)) || status=1; \
	exit $$status

test-web: setup
	$(WITH_NODE) $(HOME_PYTHON) -m local packages && status=0; \
	npm --prefix frontend test || status=1; \
	$(HOME_PYTHON) -m pytest tests/browser -m '' $(ARGS) || status=1; \
	exit $$status

test-faults: setup
	exec $(HOME_PYTHON) -m pytest -m faults tests/infrastructure --durations 5 $(ARGS)

test-slow: setup
	$(WITH_NODE) $(HOME_PYTHON) -m local packages && exec $(HOME_PYTHON) -m pytest -m slow $(or $(ARGS),$(SHARED_OUT))

setup:
	python=$$(sh local/find-python.sh) && exec "$$python" -m local.setup

import: setup
	exec $(HOME_PYTHON) -m tools.importer '$(FILE)' --url '$(URL)' --state '$(STATE_DIR)' $(ARGS)

source-key: setup
	exec $(HOME_PYTHON) $(AS_OPERATOR) -m tools.source_key --stage '$(OPERATED)' '$(NAME)'

reports: setup
	exec $(HOME_PYTHON) $(AS_OPERATOR) -m tools.moderation --stage '$(OPERATED)' reports

hide: setup
	exec $(HOME_PYTHON) $(AS_OPERATOR) -m tools.moderation --stage '$(OPERATED)' hide '$(ID)'

restore: setup
	exec $(HOME_PYTHON) $(AS_OPERATOR) -m tools.moderation --stage '$(OPERATED)' restore '$(ID)'

rebuild-tiles: setup
	exec $(HOME_PYTHON) $(AS_OPERATOR) -m tools.rebuild_tiles --stage '$(OPERATED)'

bring-back: setup
	exec $(HOME_PYTHON) $(AS_OPERATOR) -m tools.bring_back --stage '$(OPERATED)' --from '$(FROM)'

pictures-report: setup
	exec $(HOME_PYTHON) -m tools.pictures_report '$(DIR)' $(ARGS)

cost: setup
	exec $(HOME_PYTHON) -m tools.cost $(ARGS)

openapi: setup
	exec $(HOME_PYTHON) -m tools.openapi

deploy: setup
	$(WITH_NODE) exec $(HOME_PYTHON) -m infrastructure.deploy --stage '$(STAGE)' $(ARGS)

drift: setup
	exec $(HOME_PYTHON) -m infrastructure.drift --stage '$(STAGE)'

destroy: setup
	YES='$(YES)' exec $(HOME_PYTHON) -m infrastructure.destroy --stage '$(STAGE)'

unlock: setup
	exec $(HOME_PYTHON) -m infrastructure.lock --stage '$(STAGE)'

redrive: setup
	exec $(HOME_PYTHON) $(AS_OPERATOR) -m infrastructure.redrive --stage '$(OPERATED)'

test-infrastructure: setup
	exec $(HOME_PYTHON) -m pytest tests/infrastructure $(ARGS)

audit: setup
	exec $(HOME_PYTHON) -m infrastructure.audit

bench: setup
	$(BENCH) $(ARGS)

bench-map: setup
	$(BENCH) map $(ARGS)

bench-pictures: setup
	$(BENCH) pictures $(ARGS)

bench-page: setup
	$(BENCH) page $(ARGS)

check: setup
	$(WITH_NODE) $(HOME_PYTHON) -m local packages && status=0; \
	$(HOME_PYTHON) -m ruff format --check . || status=1; \
	$(HOME_PYTHON) -m ruff check . || status=1; \
	$(HOME_PYTHON) -m mypy || status=1; \
	$(HOME_PYTHON) -m vulture || status=1; \
	$(HOME_PYTHON) -m infrastructure.policies --stage prod || status=1; \
	$(HOME_PYTHON) -m tools.openapi --check || status=1; \
	npm --prefix frontend run --silent api-types-check || status=1; \
	npm --prefix frontend run --silent lint || status=1; \
	npm --prefix frontend run --silent format-check || status=1; \
	exit $$status
