# Two commands: `make demo` and `make test`. Nothing clever.
.PHONY: demo test

VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PORT ?= 8000

demo: $(VENV)/.demo
	$(BIN)/shiome demo run --port $(PORT)

test: $(VENV)/.test
	@sh tests/browser/install.sh || true
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder --durations=30 --durations-min=5

$(VENV)/.demo: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	touch $@

$(VENV)/.test: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e ".[test,dev,pdf]"
	touch $@ $(VENV)/.demo
