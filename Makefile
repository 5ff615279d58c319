# Everyday commands. `make demo` and `make test` need Python 3.11 or newer and nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
KG := $(BIN)/kg
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
# Modules are compiled once, on all cores; where Python is told to keep none, each command would compile all that it imports.
# Nothing imports the libraries' own tests, which are a third of all files.
COMPILE := $(BIN)/python -m compileall -q -j 0 -x '/tests?/' $(VENV) >/dev/null || true
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help demo test lint fix bench bench-views docs clean

help: ## Say what the commands do
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/installed: pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "make: $(PYTHON): there is no such program; install Python 3.11 or newer, or say where it is: PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: $(PYTHON) is older than Python 3.11; install a newer one or say PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "make: Python's venv module is missing; on Debian and Ubuntu: sudo apt-get install python3-venv"; exit 2; }
	@echo "Installing into $(VENV) ..." >&2
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --no-compile --editable .
	@$(COMPILE)
	@touch $@

$(VENV)/developing: $(VENV)/installed pyproject.toml
	@echo "Installing what tests and checks need ..." >&2
	@$(PIP) install --upgrade "pip>=25.1"
	@$(PIP) install --no-compile --group dev
	@$(COMPILE)
	@touch $@

demo: $(VENV)/installed ## Install, check the shipped data, answer two questions, write the views
	@echo "== Is the shipped data in order?"
	@$(KG) check
	@echo
	@echo "== Whom does CONVEAGRO bring together?"
	@$(KG) ask allies --actor CONVEAGRO --why
	@echo
	@echo "== Whom could CONVEAGRO win, and what stands in the way?"
	@$(KG) ask potential-allies --actor CONVEAGRO
	@echo
	@echo "== Which tensions divide Bolivia's organisations?"
	@$(KG) ask tensions --country Bolivia --why
	@mkdir -p build/demo
	@$(KG) view -o build/demo/andes.html
	@$(KG) view --country Bolivia -o build/demo/bolivia.html
	@echo
	@echo "== Interactive views, to open in any browser:"
	@echo "   $(CURDIR)/build/demo/andes.html"
	@echo "   $(CURDIR)/build/demo/bolivia.html"

test: $(VENV)/developing ## Run the tests; the browser's too where a browser can be had
	@$(BIN)/python tests/browser_for_tests.py
	@$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/developing ## Check style, types and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: $(VENV)/developing ## Repair what can be repaired by itself
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

$(VENV)/measuring: $(VENV)/developing pyproject.toml
	@echo "Installing the rivals ..." >&2
	@$(PIP) install --group bench || echo "make: the rivals cannot be had; measuring without them" >&2
	@touch $@

bench: $(VENV)/measuring ## Measure speed as ratios against named rivals in the same run
	@$(BIN)/python -m benchmarks.ask
	@$(BIN)/python -m benchmarks.million
	@$(BIN)/python -m benchmarks.camps
	@$(BIN)/python -m benchmarks.coalitions
	@$(BIN)/python -m benchmarks.importing
	@$(BIN)/python -m benchmarks.matching

bench-views: $(VENV)/developing ## Measure the network page beside pyvis and libraries taken from npm
	@$(BIN)/python -m benchmarks.views

docs: $(VENV)/installed ## Write docs/reference/ anew from commands, questions, tables and vocabulary
	@$(BIN)/python -m docs.generate

clean: ## Remove what was installed and built
	rm -rf $(VENV) build dist
