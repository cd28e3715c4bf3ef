# Chairside. Needs Python 3.11 or newer, make and git; every target sets up what else it needs in .venv.
#
#   make rehearse ARGS="--list"     passes options through to the command
#   make help                       tells what there is

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
RUN := $(VENV)/bin/chairside
NODE_READY := node_modules/.ready
BENCH_READY := build/bench/stock_sdk/.ready build/bench/agents_sdk/.ready
ARGS ?=
WORKERS ?= 3
NEWER ?= python3.12 python3.13

ROOMS := appmanifest benchmarks bot cards chairside dialogs documents meeting procedures rehearsal storage tests web
PIP_INSTALL := $(PY) -m pip install -qq --disable-pip-version-check --progress-bar off --no-input
NODE_INSTALL := $(PIP_INSTALL) --require-hashes -r requirements/node.txt
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate
LOCK_ARGS ?=

# ------------------------------------------------------------------------------------------------------- use it
.PHONY: help rehearse rehearse-all room manifest gallery pictures ledger ledger-proof faults bench

help:  ## tell what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

rehearse: $(VENV)/.ready-rehearsal $(NODE_READY)  ## play a whole fictional meeting in the terminal
	@$(RUN) rehearse $(ARGS)

rehearse-all: $(VENV)/.ready-rehearsal $(NODE_READY)  ## play every case and print the table of budgets
	@$(RUN) rehearse --all $(ARGS)

room: $(VENV)/.ready-rehearsal $(NODE_READY)  ## open the rehearsal room for a browser on this machine
	@$(RUN) room $(ARGS)

manifest: $(VENV)/.ready-rehearsal $(NODE_READY)  ## pack the Teams app: ARGS="--app-id … --domain …"
	@$(RUN) manifest $(ARGS)

gallery: $(VENV)/.ready-dev $(NODE_READY)  ## draw every card as a picture
	@$(PY) -m cards.gallery $(ARGS)

pictures: $(VENV)/.ready-dev $(NODE_READY)  ## draw the journey of a meeting into docs/pictures/
	@$(PY) -m tests.web.pictures $(ARGS)

ledger: $(VENV)/.ready-dev $(NODE_READY)  ## run the ledger tests and print how much is upheld
	@$(PY) -m tests.ledger $(ARGS)

ledger-proof: $(VENV)/.ready-dev  ## prove each row that rests on data by taking its value away
	@$(PY) -m tests.ledger --proof $(ARGS)

faults: $(VENV)/.ready-dev  ## the long fault and load runs
	@$(PY) -m pytest -v -p tests.faults.table -n $(WORKERS) --dist load --maxschedchunk 1 -m faults_long tests $(ARGS)

bench: $(VENV)/.ready-dev $(BENCH_READY)  ## the benchmarks: a table, and benchmarks/results.json
	@$(PY) -m benchmarks $(ARGS)

# ----------------------------------------------------------------------------------------------------- check it
.PHONY: test test-newer check-format check-lint check-types check-imports check-tests lint types format unused

test: $(VENV)/.ready-dev $(NODE_READY)  ## run every check: format, lint, types, import contracts, tests
	@$(MAKE) --keep-going check-format check-lint check-types check-imports check-tests

# Rules, storage on both engines, the protocol and whole meetings; not each ledger row, nor what needs a browser.
test-newer: $(NODE_READY)  ## run most tests under each newer Python that is on this machine, or NEWER="a/python ..."
	@for python in $(NEWER); do \
		$$python -c '' 2>/dev/null || { echo "== $$python is not on this machine"; continue; }; \
		$(MAKE) check-tests PYTHON=$$python VENV=build/$$($$python -c 'import sys; print("python%d.%d" % sys.version_info[:2])') \
			ARGS="tests/unit tests/contract tests/protocol tests/e2e/test_rehearsal.py $(ARGS)"; \
	done

check-format: $(VENV)/.ready-dev
	@echo "== format (ruff format --check)"
	@$(PY) -m ruff format --check .

check-lint: $(VENV)/.ready-dev
	@echo "== lint (ruff check)"
	@$(PY) -m ruff check .

check-types: $(VENV)/.ready-dev
	@echo "== types (mypy)"
	@$(PY) -m mypy

check-imports: $(VENV)/.ready-dev
	@echo "== import contracts (lint-imports)"
	@$(VENV)/bin/lint-imports

check-tests: $(VENV)/.ready-dev $(NODE_READY)
	@echo "== tests (pytest, $$($(PY) --version))"
	@$(PY) -m pytest -q -n $(WORKERS) --dist worksteal $(ARGS)

lint: check-format check-lint check-imports  ## the quick checks: format, lint, import contracts

types: check-types  ## the types alone

format: $(VENV)/.ready-dev  ## put the code in form and mend what can be mended by itself
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

unused: $(VENV)/.ready-dev  ## look for code that nothing uses
	@$(PY) -m vulture

# ------------------------------------------------------------------------------------------------------- set up
.PHONY: setup setup-node lock clean

setup: $(VENV)/.ready-dev  ## set everything up in .venv

# One clear line where Python is too old, or where Debian keeps the venv module in a package of its own.
$(PY):
	@command -v $(PYTHON) >/dev/null \
		|| { echo "Chairside needs Python 3.11 or newer: install it, or name it with make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Chairside needs Python 3.11 or newer: name one with make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Python's venv module is missing: on Debian or Ubuntu, sudo apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# An environment made by another tool may lack pip.
$(VENV)/.pip: $(PY)
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip >/dev/null
	@touch $@

$(VENV)/.ready-rehearsal: requirements/rehearsal.txt pyproject.toml | $(VENV)/.pip
	@echo "Setting up $(VENV) for rehearsals (once)"
	@$(PIP_INSTALL) --require-hashes -r requirements/rehearsal.txt
	@$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-dev: requirements/dev.txt pyproject.toml | $(VENV)/.pip
	@echo "Setting up $(VENV) with everything (once)"
	@$(PIP_INSTALL) --require-hashes -r requirements/dev.txt
	@$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.ready-rehearsal

# Microsoft's manifest schema, and Microsoft's card renderer, which travels with the package for the guests' pages.
setup-node: $(NODE_READY)  ## fetch Microsoft's manifest schema and card renderer with npm

# Where the machine has no npm, Node.js comes from Python's package index into .venv, by hash like the rest.
$(NODE_READY): package.json package-lock.json requirements/node.txt | $(VENV)/.pip
	@command -v npm >/dev/null || { echo "Setting up Node.js in $(VENV) (once)" && $(NODE_INSTALL); } \
		|| { echo "npm is missing and could not be fetched: on Debian or Ubuntu, sudo apt-get install npm" >&2; exit 1; }
	@echo "Setting up node_modules (once)"
	@PATH="$$PATH:$(CURDIR)/$(VENV)/bin" npm ci --omit=peer --ignore-scripts --no-audit --no-fund --loglevel=error
	@$(PY) -m web.build
	@touch $@

# The SDKs that Chairside is compared with, each in an environment of its own.
build/bench/%/.ready: requirements/bench-%.txt | $(PY)
	@echo "Setting up build/bench/$* (once)"
	@$(PYTHON) -m venv build/bench/$*
	@build/bench/$*/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r $<
	@touch $@

# dev is resolved first; the smaller files take its versions. LOCK_ARGS=--upgrade takes newer ones.
lock:  ## write the hashed requirement files anew
	@$(LOCK) $(LOCK_ARGS) pyproject.toml --extra rehearsal --group dev -o requirements/dev.txt
	@$(LOCK) pyproject.toml --extra rehearsal --group build -c requirements/dev.txt -o requirements/rehearsal.txt
	@$(LOCK) pyproject.toml --group build -c requirements/dev.txt -o requirements/run.txt
	@$(LOCK) --group node -o requirements/node.txt
	@for sdk in stock_sdk agents_sdk; do \
		$(LOCK) $(LOCK_ARGS) requirements/bench-$$sdk.in -o requirements/bench-$$sdk.txt; done

clean:  ## take away what can be made again
	@rm -rf $(VENV) node_modules build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find $(ROOMS) -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
