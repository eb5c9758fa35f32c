# Everything a person types. Set-up needs Python 3.11 or newer, pip and a network; running needs none.
PORT ?= 8501
HOST ?= 127.0.0.1
SHARED ?= ../shared/data
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.set-up

.DEFAULT_GOAL := help
.PHONY: help setup run test lint format bench method check-shared lock browser

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: $(STAMP) ## install everything the project needs into .venv

$(BIN)/uv: requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit("Kundenkompass needs Python 3.11 or newer, this is " + sys.version.split()[0] + ". Try: make setup PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $(BIN)/uv

$(STAMP): $(BIN)/uv requirements.lock pyproject.toml
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock requirements-uv.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

run: setup ## serve on http://127.0.0.1:8501 (PORT=, HOST=0.0.0.0 for phones in the same network)
	$(BIN)/streamlit run streamlit_app.py --server.port=$(PORT) --server.address=$(HOST)

test: setup browser ## run every test, the browser's included
	$(BIN)/pytest

lint: setup ## check style, types and floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup ## put the code into the house's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## measure, and print the table of docs/performance.md
	$(BIN)/python -m tests.load.bench

method: setup ## write docs/method.md anew from the app's own texts
	$(BIN)/python -m survey.method > docs/method.md

check-shared: setup ## reproduce published figures on real data that lies beside the project (SHARED=folder)
	$(BIN)/python -m tests.shared.check $(SHARED)

lock: $(BIN)/uv ## resolve the dependencies anew (ranges are in pyproject.toml)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group dev pyproject.toml --output-file requirements.lock --upgrade

browser: setup
	@$(BIN)/python -m tests.browser.chromium
