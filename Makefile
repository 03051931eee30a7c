# The show in this folder, and the product that builds it. `make help` lists what there is to do.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
# EP=slug narrows build, check, cut and chapters to one episode.
EP     ?=
PORT   ?= 8000
WAVEFORM := producer/preview/static/vendor/wavesurfer.esm.js
# The tools log to stderr; make itself stays quiet.
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := build
.PHONY: all build new check fix chapters preview publish status test fuzz bench lint format golden clean distclean help

all: build

build: $(BIN)/producer  ## build everything that changed (EP=slug: one episode)
	@$(BIN)/producer build $(EP)

new: $(BIN)/producer  ## start an episode: make new [EP=slug] [VIDEO=id]
	@$(BIN)/producer new $(EP) $(if $(VIDEO),--video $(VIDEO))

check: $(BIN)/producer  ## what is wrong in the show (EP=slug: one episode), and in the code
	@$(BIN)/producer check $(EP)
ifeq ($(EP),)
	@$(MAKE) lint
endif

fix: $(BIN)/producer  ## mend what has one right answer, and show the diff (EP=slug; DRY=1 writes nothing)
	@$(BIN)/producer fix $(if $(DRY),--dry-run) $(EP)

chapters: $(BIN)/producer  ## the list for YouTube: make chapters EP=slug
	@$(BIN)/producer chapters $(EP)

preview: $(BIN)/producer $(WAVEFORM)  ## look, listen, move chapters: a local page (PORT=n, EP=slug)
	@$(BIN)/producer preview --port $(PORT) $(EP)

publish: $(BIN)/producer  ## build, and send it to `publish` of podcast.yaml, feed last (TARGET=dir or address; DRY=1)
	@$(BIN)/producer publish $(if $(DRY),--dry-run) $(if $(TARGET),"$(TARGET)")

status: $(BIN)/producer  ## per episode: what is there, what is missing
	@$(BIN)/producer status $(EP)

test: $(VENV)/.test  ## run the tests (ARGS=... goes to pytest)
	@$(BIN)/python -m pytest -n 2 $(ARGS)

fuzz: $(VENV)/.test  ## damaged episode files without end: make fuzz [N=10000]
	@$(BIN)/python tests/fuzzing.py --count $(or $(N),10000)

bench: $(VENV)/.bench  ## measure, and put the tables into docs/performance.md (FULL=1: large)
	@$(BIN)/python benchmarks/run.py --date "$$(date +%F)" $(if $(FULL),--full)

golden: $(VENV)/.test  ## write the golden files anew, to look at with git diff
	@$(BIN)/python -m pytest tests/test_golden.py tests/problems --update-golden

lint: $(VENV)/.dev  ## style, format and types of the code
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/.dev  ## format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:  ## delete the outputs
	rm -rf build

distclean: clean  ## delete the virtual environment and caches too
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The preview works without; the script says what is missing then.
$(WAVEFORM): tools/waveform/package-lock.json
	@tools/fetch_waveform.sh && touch $@ || true

# Installed once, and again when the dependencies change.
$(BIN)/producer: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "producer needs Python 3.11 or newer; name one with PYTHON=")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $(BIN)/producer

$(VENV)/.test: $(BIN)/producer
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

$(VENV)/.bench: $(VENV)/.test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,bench]'
	@touch $@

$(VENV)/.dev: $(VENV)/.test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
