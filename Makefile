# Harmledger's workshop. `make` lists what there is; nothing here needs root.
# PYTHON names the interpreter that the environment is made with: make demo PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
EXAMPLE := examples/northwest-syria
DEMO := build/demo
DESK := src/harmledger/desk/web
BUILT := $(DESK)/static/built
NODE_MODULES := node_modules
OUTLINES := src/harmledger/publication/drawing/outlines.json

# Tests and the demo start the program hundreds of times: Python keeps what it compiled, wherever it was told not to.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo leaks assets screenshots compiled test test-long check lint types rooms format floors bench lock clean
.DELETE_ON_ERROR:

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/run.stamp $(OUTLINES) $(BUILT)/assets.stamp ## make the example case, print its incidents, publish it as a site
	@rm -rf $(DEMO)/case
	@mkdir -p $(DEMO)
	@$(BIN)/harmledger init -q $(DEMO)/case --country SY --name "North-west Syria, an example"
	@$(BIN)/harmledger add $(DEMO)/case $(EXAMPLE)/documents.jsonl $(EXAMPLE)/files/*.pdf $(EXAMPLE)/files/*.eml $(EXAMPLE)/files/*.xml $(EXAMPLE)/files/telegram-*
	@$(BIN)/harmledger add $(DEMO)/case $(EXAMPLE)/files/field-reports-2018.csv --mapping $(EXAMPLE)/files/field-reports-2018.mapping.toml
	@$(BIN)/harmledger build $(DEMO)/case
	@$(BIN)/harmledger show $(DEMO)/case
	@$(BIN)/harmledger tally $(DEMO)/case --by year
	@$(BIN)/harmledger publish $(DEMO)/case $(DEMO)/site
	@echo "The site: open $(CURDIR)/$(DEMO)/site/index.html in a browser; it needs no server."

leaks: demo ## prove that nothing restricted is in the editions of the example case
	@for edition in public partner internal; do \
	  $(BIN)/harmledger publish -q $(DEMO)/case $(DEMO)/$$edition --edition $$edition && \
	  $(BIN)/harmledger leak-check $(DEMO)/$$edition --case $(DEMO)/case || exit 1; done

assets: $(OUTLINES) $(BUILT)/assets.stamp ## country outlines, and the scripts of the desk (npm, or Node from PyPI)

# npm's own lock names every package and its digest. Where there is no npm, Node comes from PyPI (requirements-node.lock).
# Without a network a map has no coasts, and the desk no scripts: said, not hidden.
$(NODE_MODULES)/installed.stamp: package.json package-lock.json | $(VENV)/run.stamp
	@rm -f $(NODE_MODULES)/installed.stamp
	@command -v npm >/dev/null 2>&1 || $(PIP) install --require-hashes --no-deps -r requirements-node.lock || true
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --silent --no-fund --no-audit --ignore-scripts && touch $@ || \
	  echo "Neither country outlines nor scripts: npm is not there, or could not fetch what package-lock.json names."

$(OUTLINES): $(NODE_MODULES)/installed.stamp src/harmledger/publication/drawing/atlas.py
	@test ! -f $< || $(BIN)/python -m harmledger.publication.drawing.atlas node_modules/world-atlas/countries-50m.json $@

$(BUILT)/assets.stamp: $(NODE_MODULES)/installed.stamp $(wildcard $(DESK)/scripts/*.js $(DESK)/scripts/parts/*.js) src/harmledger/publication/drawing/topology.py
	@rm -rf $(BUILT)
	@test ! -f $< || { mkdir -p $(BUILT) && PATH="$$PATH:$(CURDIR)/$(BIN)" node_modules/.bin/esbuild $(DESK)/scripts/*.js \
	    --bundle --minify --format=esm --target=es2022 --legal-comments=eof --log-level=warning --outdir=$(BUILT) && \
	  cp node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs $(BUILT)/map-worker.js && \
  $(BIN)/python -m harmledger.publication.drawing.topology node_modules/world-atlas/countries-50m.json $(BUILT)/outlines.json && \
	  touch $@; }

screenshots: $(VENV)/dev.stamp $(BUILT)/assets.stamp ## take the pictures in docs/pictures anew (needs Chromium)
	HARMLEDGER_PICTURES=$(CURDIR)/docs/pictures $(BIN)/python -m pytest -q tests/desk/web/test_pictures.py

compiled: $(VENV)/run.stamp ## put the package as `pip install .` gives it into build/compiled (needs a C compiler)
	@rm -rf build/compiled
	@echo "Compiling the rooms that read; this takes some minutes …"
	@HARMLEDGER_BUILD=compiled $(PIP) install --no-deps --target build/compiled .

PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test: $(VENV)/dev.stamp $(OUTLINES) $(BUILT)/assets.stamp ## run the tests
	$(PYTEST)

test-long: $(VENV)/dev.stamp $(OUTLINES) $(BUILT)/assets.stamp ## run the tests that take long, which `make test` leaves out
	HARMLEDGER_TESTS=long $(PYTEST) -m "long or deep"

check: lint types rooms test ## everything that must hold: style, types, rooms, tests

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check src tests bench hatch_build.py
	$(BIN)/ruff format --check src tests bench hatch_build.py

types: $(VENV)/dev.stamp
	$(BIN)/mypy

rooms: $(VENV)/dev.stamp
	$(BIN)/lint-imports

format: $(VENV)/dev.stamp ## put the code into its layout
	$(BIN)/ruff check --fix src tests bench hatch_build.py
	$(BIN)/ruff format src tests bench hatch_build.py

floors: $(VENV)/dev.stamp ## hold the accuracy on the evaluation sets beside the checkout against its floors
	$(BIN)/python bench/floors.py check

bench: $(VENV)/dev.stamp ## measure accuracy and speed on the evaluation sets beside the checkout
	$(BIN)/python bench/run.py

lock: ## compute the lock files anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra build --extra postgresql --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet --upgrade -o requirements.lock
	uv pip compile pyproject.toml --extra build --extra postgresql --extra dev --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet --upgrade -o requirements-dev.lock

clean: ## remove the environment and everything that was built
	rm -rf $(VENV) $(BUILT) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment: made once, filled from a lock file with hashes, filled again when that file changes.

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "$(PYTHON) is not there. Debian, Ubuntu: apt install python3 python3-venv. macOS: brew install python@3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or later is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name another: make PYTHON=python3.12 …" >&2; \
	  echo "Debian, Ubuntu: apt install python3.12 python3.12-venv. macOS: brew install python@3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv module is missing. Debian, Ubuntu: apt install $$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" >&2; exit 1; }
	@echo "Making the environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what requirements.lock names …"
	@$(PIP) install --require-hashes --no-deps -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@echo "Installing what requirements-dev.lock names …"
	@$(PIP) install --require-hashes --no-deps -r requirements-dev.lock
	@touch $@
