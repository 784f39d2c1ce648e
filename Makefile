# Two commands matter: `make serve` and `make test`. Both set up what they need on a fresh machine.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help serve site usb check test lint bench handbook lock clean

help: ## Show what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(VENV)/.site-ready ## Preview the site at http://127.0.0.1:8000 while you write
	$(BIN)/mkdocs serve --dev-addr 127.0.0.1:8000

site: $(VENV)/.site-ready ## Build everything strictly; site/ changes only if all is well
	$(BIN)/journey site

usb: site ## The site as a zip for a memory stick
	$(BIN)/journey usb

check: $(VENV)/.site-ready ## Check every page and list all that is wrong
	$(BIN)/journey check

test: $(VENV)/.test-ready lint ## Set up and run every test
	sh .ci/ensure-browser.sh
	sh .ci/ensure-node.sh
	sh .ci/ensure-java.sh
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.test-ready
	$(BIN)/ruff check plugins tests benchmarks
	$(BIN)/mypy

bench: $(VENV)/.test-ready ## Measure builds and saves beside plain MkDocs (takes minutes)
	$(BIN)/python benchmarks/bench.py $(BENCH)

handbook: $(VENV)/.site-ready ## Write the handbook's pages on checks and front matter
	$(BIN)/journey handbook --write

lock: ## Lock the dependencies again (for maintainers; needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    --upgrade pyproject.toml requirements.in --output-file requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    --constraint requirements.lock --extra test pyproject.toml requirements.in --output-file requirements-test.lock

clean: ## Remove the environment and everything that was built
	rm -rf $(VENV) site .site-next .site-last .cache

$(VENV)/.site-ready: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	touch $@

$(VENV)/.test-ready: requirements-test.lock $(VENV)/.site-ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	touch $@

$(BIN)/python:
	sh .ci/ensure-venv.sh $(PYTHON) $(VENV)
