# Everything a person or CI does with this project; `make` alone lists it.
# PYTHON picks another interpreter (make PYTHON=python3.13 test), VENV another environment.

PYTHON ?= python3
VENV ?= .venv
PY := $(VENV)/bin/python
JOBS ?= 4
# pip as this machine has set it up; errors only, since a machine's second index may well miss a package.
INSTALL := $(PY) -m pip install -qq --disable-pip-version-check --no-input
# What `make lock` resolves for: every Python from the oldest that we support, every system.
COMPILE := $(PY) -m uv --cache-dir var/cache/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml --group build

.PHONY: help demo test check form types rooms project bench soak fmt lock install clean
.DELETE_ON_ERROR:

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

demo: $(VENV)/.run-time ## the local Slack workspace with the bot in it (RESET=1: from the beginning)
	@$(VENV)/bin/tft demo $(if $(filter-out 0,$(RESET)),--reset)

test: $(VENV)/.development ## all tests (ARGS="tests/rules -x" for some)
	$(PY) -m pytest -n $(JOBS) --dist worksteal $(ARGS)

check: form types rooms project ## the four below (make -k check: all, whatever fails)

form: $(VENV)/.development ## format and lint
	$(PY) -m ruff format --check --output-format concise
	$(PY) -m ruff check

types: $(VENV)/.development ## types, strictly
	$(PY) -m mypy

rooms: $(VENV)/.development ## who imports whom
	$(VENV)/bin/lint-imports --no-logo

project: $(VENV)/.development ## locks, documents, names: the project's own files
	$(PY) -m pytest -q tests/test_project.py

bench: $(VENV)/.development ## the figures table, each figure with its floor
	$(PY) -m tests.bench $(ARGS)

soak: $(VENV)/.development ## kill and restart, many times
	$(PY) -m tests.soak $(ARGS)

fmt: $(VENV)/.development ## format and mend what can be mended
	$(PY) -m ruff check --fix --exit-zero --quiet
	$(PY) -m ruff format

lock: $(VENV)/.development ## resolve the two lock files anew (UPGRADE=1: newest versions)
	@mkdir -p var/cache/uv
	$(COMPILE) $(if $(UPGRADE),--upgrade) --output-file requirements.txt
	$(COMPILE) $(if $(UPGRADE),--upgrade) --group dev --constraints requirements.txt --output-file requirements-dev.txt

install: $(VENV)/.development ## the environment with everything for development

clean: ## remove the environment and what the tools left
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# --- the environment: stamps say what is installed, so that a second `make` does nothing --------------------------------

# A moved folder or a vanished interpreter makes the environment useless: begin anew.
ifneq ($(wildcard $(VENV)/pyvenv.cfg),)
  $(shell { [ "$$(cat $(VENV)/.project)" = "$$(pwd -P)" ] && $(PY) -c ''; } 2>/dev/null || rm -rf $(VENV))
endif

$(VENV)/.project:
	@command -v $(PYTHON) >/dev/null || { echo "This needs Python 3.11 or newer; there is no '$(PYTHON)' here." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "This needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Name a newer one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "'$(PYTHON)' cannot make environments. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@pwd -P >$@

$(VENV)/.run-time: requirements.txt pyproject.toml | $(VENV)/.project
	@echo "Installing what runs into $(VENV) ..."
	@$(INSTALL) --require-hashes --requirement requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

# The development lock holds the run-time one.
$(VENV)/.development: requirements-dev.txt requirements.txt pyproject.toml | $(VENV)/.project
	@echo "Installing what development needs into $(VENV), about a minute ..."
	@$(INSTALL) --require-hashes --requirement requirements-dev.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $(VENV)/.run-time $@
