# Two commands: `make demo` shows the program on a sample center, `make test` runs every test.
# Both build what they need first; a second run finds it built.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet --require-hashes --only-binary :all:
RUNTIME := $(VENV)/.runtime-ready
DEVELOPMENT := $(VENV)/.development-ready
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes \
	--no-annotate --no-header --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format bench catalog lock clean

help:
	@echo "make demo     plan the week of a sample center, then run its machines until Ctrl-C"
	@echo "make test     run every test"
	@echo "make setup    only build $(VENV); then $(BIN)/clearshift --help"
	@echo "make check    lint, types and house rules"
	@echo "make bench    measure (minutes; see docs)"
	@echo "make format, make catalog, make lock, make clean    for developers"

setup: $(RUNTIME)
	@echo "Ready: $(BIN)/clearshift --help"

# DEMO="--plan-only" ends after the plan, DEMO="--seconds 60" a minute after the machines are heard.
demo: $(RUNTIME)
	@$(BIN)/clearshift demo $(DEMO)

test: $(DEVELOPMENT)
	$(BIN)/python -m pytest -n 2 --dist loadgroup --cov --cov-report=term

check: $(DEVELOPMENT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/house

format: $(DEVELOPMENT)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(DEVELOPMENT)
	$(BIN)/python -m benchmarks

catalog: $(DEVELOPMENT)
	$(BIN)/python -m clearshift.i18n.catalog

# The newest versions that pyproject.toml allows, from the package index this machine uses.
lock: $(DEVELOPMENT)
	$(LOCK) --upgrade --extra build --output-file requirements.lock
	$(LOCK) --upgrade --extra build --extra dev --constraint requirements.lock \
		--output-file requirements-dev.lock

clean:
	rm -rf $(VENV) .cache dist

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || \
		{ echo "Missing: $(PYTHON). On Debian: apt install python3.11 python3.11-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo "Missing: Python's venv module. On Debian: apt install python3.11-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): $(BIN)/python requirements.lock pyproject.toml
	@echo "Installing into $(VENV) (the first time takes about a minute) ..."
	$(INSTALL) --requirement requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOPMENT): $(RUNTIME) requirements-dev.lock
	@echo "Installing the test tools ..."
	$(INSTALL) --requirement requirements-dev.lock
	@touch $@
