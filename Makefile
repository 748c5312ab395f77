# Every target sets up what it needs. On Windows without make: see CONTRIBUTING.md.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PERIOD ?= 2023
ROWS ?= 2000
# what Python compiles is kept, once it is used: --no-compile below leaves out the rest
unexport PYTHONDONTWRITEBYTECODE
# cl leaves with 3 when the report is written but some cells want a look: that is a success here
LOOK := || [ $$? -eq 3 ]

.DEFAULT_GOAL := help
.PHONY: help setup report test check hooks audit docs pictures golden example bench beyond profile lock clean faults mutants gutted coverage

help: ## list these
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

setup: $(BIN)/.ready ## a ready environment in .venv

$(BIN)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

report: setup ## the learning report of the sample council, in Word
	$(BIN)/cl report --workspace sample_data --period $(PERIOD) $(LOOK)

test: setup ## the tests
	$(BIN)/python -m pytest -n auto --dist worksteal

check: setup ## what CI runs: format, lint, types, spelling, dead code, docs, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python tools/spelling.py
	$(BIN)/python tools/dead.py
	$(BIN)/python tools/docs.py --check
	$(BIN)/python -m pytest -n auto --dist worksteal

hooks: setup ## run the quick part of check before each commit
	$(BIN)/pre-commit install

audit: setup ## known weaknesses in what we depend on (asks the network)
	$(BIN)/python -m pip install --quiet pip-audit
	$(BIN)/pip-audit --requirement requirements.lock --require-hashes --disable-pip

docs: setup ## refresh the generated parts of the docs
	$(BIN)/python tools/docs.py

pictures: setup ## the picture of the report in the README (needs LibreOffice and poppler)
	$(BIN)/python tools/page_picture.py

golden: setup ## rewrite the agreed outlines; read the diff
	$(BIN)/python -m pytest -q tests/test_whole.py --golden

example: setup ## a report of the sample council as Word, web page and data pack
	$(BIN)/cl report --workspace sample_data --period $(PERIOD) --format docx --format html --format xlsx $(LOOK)

bench: setup ## how long the work takes, as ratios; benchmarks/page.py (20 minutes) writes docs/performance.md
	$(BIN)/python benchmarks/run.py

profile: setup ## where the time of one report goes, by stage (100,000 complaints)
	$(BIN)/python benchmarks/stages.py

beyond: ## themes under Dask, equal to one process (in an environment of its own)
	$(PYTHON) -m venv $(VENV)-dask
	$(VENV)-dask/bin/python -m pip install --quiet --no-compile --require-hashes -r requirements-dask.lock
	PYTHONPATH=src $(VENV)-dask/bin/python benchmarks/beyond.py --rows $(ROWS)

faults: setup ## kills, full disks, crowds: minutes; writes docs/reliability.md
	$(BIN)/python tests/faults/run.py

mutants: setup ## a line made wrong: are the tests red? an hour; docs/tests.md has the last answer
	$(BIN)/python -m pip install --quiet "mutmut==3.8.1"
	$(BIN)/python tools/mutants.py

gutted: setup ## a subject made empty: are its tests red? ten minutes
	$(BIN)/python tools/gutted.py

coverage: setup ## which branches of measure, protect, classify and period no test of theirs takes
	$(BIN)/python -m pip install --quiet "coverage>=7.10,<8"
	$(BIN)/coverage run -m pytest -q $(addprefix tests/test_,period.py measure*.py protect*.py held.py \
	  private.py gate.py classify*.py evaluate.py review.py publishing.py explain.py recording.py)
	$(BIN)/coverage report

lock: setup ## write requirements.lock anew from pyproject.toml
	$(BIN)/python tools/lock.py

clean: ## remove what the other targets made
	rm -rf $(VENV) $(VENV)-dask build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis sample_data/out sample_data/.cl
