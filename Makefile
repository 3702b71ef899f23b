# make run: from the files in data/raw/ to the tables in data/processed/. `make help` lists the rest.
VENV ?= .venv
PYTHON ?= python3
BIN := $(abspath $(VENV))/bin
READY := $(VENV)/.ready

export PATH := $(BIN):$(PATH)
export DVC_NO_ANALYTICS := 1
export MLFLOW_DISABLE_TELEMETRY := true
export DO_NOT_TRACK := 1
export TOKENIZERS_PARALLELISM := false

.DEFAULT_GOAL := help
.PHONY: help run env test check lint types layers format docs lock clean

help: ## what each target does
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

env: $(READY) ## prepare the environment in .venv (about two minutes the first time)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

run: $(READY) ## read data/raw/, write data/processed/
	dvc repro
	-@upr files
	@echo "Done. upr open shows the explorer; data/processed/report/ has it and the workbook; tables are in data/processed/tables/"

test: $(READY) ## run the tests
	pytest

check: lint types layers ## format, lint, types, layers

lint: $(READY)
	ruff format --check pipeline tests
	ruff check pipeline tests

types: $(READY)
	mypy

layers: $(READY)
	lint-imports

format: $(READY) ## format the code in place
	ruff check --fix pipeline tests
	ruff format pipeline tests

docs: $(READY) ## write the generated parts of README and docs anew
	upr docs

lock: $(READY) ## pin all dependencies anew in requirements.lock
	pip install --quiet pip-tools
	pip-compile --quiet --upgrade --extra dev --strip-extras --no-header --no-annotate --no-emit-index-url \
	  --no-emit-find-links --no-emit-trusted-host --allow-unsafe --output-file requirements.lock pyproject.toml
	sed -i.bak 's/^\(torch==[0-9.]*\)+cpu$$/\1/' requirements.lock && rm requirements.lock.bak

clean: ## remove what can be made again: tables, caches, environment
	rm -rf $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache models/candidates
	find data/processed -mindepth 1 -not -name .gitkeep -delete
