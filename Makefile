# All in one .venv: `make demo` and `make test` set up what they need on a machine with Python 3.11 or newer.

PYTHON ?= $(shell for name in python3.12 python3.13 python3.11 python3 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$name; break; }; done)
BIN := .venv/bin
LOCALE := src/policyaudit/report/locale
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= PIP_EXTRA_INDEX_URL= $(BIN)/pip-compile --quiet --generate-hashes --strip-extras \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --allow-unsafe --no-header --annotation-style=line

.PHONY: demo test bench bench-scans accuracy lint lock schemas catalogues docs pictures clean

demo: .venv/runtime  ## audit the example corpus into reports/example
	$(BIN)/policyaudit audit corpora/example --as-of 2026-06-30 --out reports/example --format xlsx,html,json,csv
	@echo
	@echo "Open reports/example/gap-report.html in a browser and reports/example/scorecard.xlsx in a spreadsheet program."

test: lint  ## lint, then all tests, the files of tests shared out over the processors
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

lint: .venv/dev  ## ruff, mypy (strict), import contracts
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: .venv/dev  ## speed and memory on the real documents in ../shared
	$(BIN)/python tests/bench/bench.py

bench-scans: .venv/dev  ## how well the scans in ../shared are read
	$(BIN)/python tests/bench/scans.py

accuracy: .venv/dev  ## how true the findings are, against the labelled documents in ../shared
	$(BIN)/python tests/bench/accuracy.py

schemas: .venv/runtime  ## write the published JSON Schemas again
	$(BIN)/policyaudit schema --out docs/schema
	$(BIN)/policyaudit rubric schema --out docs/schema/rubric

catalogues: .venv/runtime  ## bring the message catalogues of the reports up to the sources, and compile them
	@mkdir -p build
	$(BIN)/pybabel -q extract -F babel.cfg -k Column:1 -k Sheet:2 --no-location --sort-output --project=policyaudit --msgid-bugs-address=policyaudit \
		--copyright-holder=policyaudit -o build/policyaudit.pot src/policyaudit/report
	for language in es fr pt; do $(BIN)/pybabel -q update -i build/policyaudit.pot -d $(LOCALE) -D policyaudit -l $$language \
		--init-missing --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width=120 || exit 1; done
	$(BIN)/pybabel compile -d $(LOCALE) -D policyaudit --statistics

docs: .venv/dev  ## the site of the documentation, into build/site; dead links fail
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs --quiet build
	@echo "Open build/site/index.html in a browser."

pictures: .venv/dev  ## take the pictures of the reports in docs/pictures again (needs Chromium)
	$(BIN)/python docs/making/pictures.py

lock: .venv/dev  ## pin the newest permitted versions, with the hashes of all their files
	$(COMPILE) --upgrade --output-file=requirements.txt pyproject.toml --extra=build --extra=ocr
	$(COMPILE) --upgrade --output-file=requirements-dev.txt --constraint=requirements.txt pyproject.toml --extra=build --extra=ocr --extra=cluster --extra=tables --extra=dev

clean:  ## remove what make made
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and was not found; name it with: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/runtime: requirements.txt pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: requirements-dev.txt .venv/runtime
	$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@
