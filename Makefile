# Two commands are enough: "make run" and "make test". "make help" lists the rest.
.DEFAULT_GOAL := help

PORT ?= 8000
# The first Python on the path that is new enough.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $(name))))
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
# Touched after each installation; older than the lock means: install again.
BASE := $(VENV)/base.stamp
DEV := $(VENV)/dev.stamp

# Reference data shipped with the apps; a change in one of them loads it again.
REFERENCE := $(shell find units campaign criteria awards reports -type f \
	\( -name '*.csv' -o -name '*.toml' -o -name '*.json' -o -name '*.yaml' -o -name '*.yml' \) 2>/dev/null)
# Stamps speak for the database that .env names; any other one is asked every time.
LOADED_INTO := .env $(if $(DATABASE_URL),always)
REMEMBER = $(if $(DATABASE_URL),true,touch $@)

TEST_DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/postgres
CHROMIUM ?= $(firstword $(foreach name,chromium chromium-browser google-chrome,$(shell command -v $(name) 2>/dev/null)))
export CHROMIUM
POSTGRES_ANSWERS = $(shell $(BIN)/python -c 'import psycopg2, sys; psycopg2.connect(sys.argv[1], connect_timeout=3)' \
	"$(TEST_DATABASE_URL)" >/dev/null 2>&1 && echo yes)
REQUIRED := $(filter-out 0,$(REQUIRE_ALL))
WORKERS ?= auto
PYTEST := $(BIN)/python -m pytest
# Set before .env is read, so that checks mean the same on every machine.
CHECKED_AS := DATABASE_URL=sqlite://:memory: CLOCK_SHIFT_DAYS=0 VAR_DIR=var/check \
	SECRET_KEY=for-these-checks-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF

##@ Use

.PHONY: run
run: $(BASE) .env  ## serve the demonstration year at http://127.0.0.1:8000 (PORT=8001 for another port)
	@mkdir -p var && { test -e var/portal.sqlite3 || rm -f var/*.stamp; }
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) createcachetable
	@$(MAKE) --no-print-directory --quiet var/demo.stamp
	@echo
	@$(MANAGE) demo_accounts
	@echo
	@echo "http://127.0.0.1:$(PORT)/  (Ctrl+C stops it; the data stay in var/)"
	@$(MANAGE) runserver 127.0.0.1:$(PORT)

.PHONY: worker
worker: $(BASE) .env  ## run queued jobs (with TASKS_BACKEND=django_tasks_db.DatabaseBackend)
	@$(MANAGE) db_worker

.PHONY: demo-reset
demo-reset: .env  ## remove the demonstration's database and files; the next "make run" starts afresh
	@grep -Eqi '^DEBUG=["'\'']?(on|true|1|yes)' .env || { echo "DEBUG is not on in .env: this is no demonstration, nothing was removed."; exit 1; }
	rm -rf var/portal.sqlite3* var/*.stamp var/files
	@umask 077 && { grep -v '^CLOCK_SHIFT_DAYS=' .env; $(BIN)/python -c "$$SHIFT"; } > .env.new && mv .env.new .env

##@ Check

.PHONY: test
test: $(DEV)  ## all tests: on SQLite, in Chromium, and on PostgreSQL if one answers (REQUIRE_ALL=1: or fail)
	@$(if $(REQUIRED),test -n "$(CHROMIUM)" || { echo "REQUIRE_ALL: $(NO_CHROMIUM)"; exit 1; })
	@$(if $(REQUIRED),test -n "$(POSTGRES_ANSWERS)" || { echo "REQUIRE_ALL: $(NO_POSTGRES)"; exit 1; })
	@$(MAKE) --no-print-directory test-sqlite
	@$(if $(CHROMIUM),$(MAKE) --no-print-directory test-browser)
	@$(if $(POSTGRES_ANSWERS),$(MAKE) --no-print-directory test-postgres)
	@$(if $(CHROMIUM),,echo "SKIPPED: $(NO_CHROMIUM)")
	@$(if $(POSTGRES_ANSWERS),,echo "SKIPPED: $(NO_POSTGRES)")

.PHONY: test-sqlite
test-sqlite: $(DEV)  ## the tests without a browser, on SQLite
	@echo "== Tests on SQLite"
	DATABASE_URL=sqlite://:memory: $(PYTEST) -n $(WORKERS) -m "not browser and not postgres" $(ARGS)

.PHONY: test-postgres
test-postgres: $(DEV)  ## the tests without a browser, on the server at TEST_DATABASE_URL
	@echo "== Tests on PostgreSQL"
	@DATABASE_URL="$(TEST_DATABASE_URL)" $(PYTEST) -n $(WORKERS) -m "not browser" $(ARGS)

.PHONY: test-browser
test-browser: $(DEV)  ## the journeys in Chromium, on SQLite, one after the other
	@echo "== Tests in the browser: $(CHROMIUM)"
	DATABASE_URL=sqlite://:memory: $(PYTEST) -m browser $(ARGS)

.PHONY: lint
lint: $(DEV)  ## style of code and templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet templates

.PHONY: format
format: $(DEV)  ## mend what can be mended by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: check
check: $(DEV)  ## no migration is missing, and Django finds no fault in production settings
	$(CHECKED_AS) DEBUG=on $(MANAGE) makemigrations --check --dry-run
	$(CHECKED_AS) DEBUG=off SECURE_SSL=on ALLOWED_HOSTS=portal.example $(MANAGE) check --deploy --fail-level WARNING

.PHONY: bench
bench: $(DEV)  ## how fast, beside the machine's own yardsticks
	$(BIN)/python -m tests.benchmarks

.PHONY: screenshots
screenshots: $(DEV)  ## every page at 1280 and 360 px into var/screenshots
	$(BIN)/python -m tests.screenshots

##@ Upkeep

.PHONY: lock
lock:  ## pin and hash the packages of pyproject.toml anew (needs uv)
	uv pip compile $(LOCK) --extra dev --output-file requirements/dev.txt
	uv pip compile $(LOCK) --constraints requirements/dev.txt --output-file requirements/base.txt
	uv pip compile $(LOCK) --extra redis --extra s3 --extra oidc --constraints requirements/dev.txt \
		--output-file requirements/server.txt

.PHONY: clean
clean:  ## remove the environment and caches; data in var/ and .env stay
	rm -rf $(VENV) .pytest_cache .ruff_cache build *.egg-info var/check
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help:  ## this list
	@awk 'BEGIN {FS = ":.*## "} /^##@ / {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

LOCK := pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --quiet
NO_CHROMIUM := no Chromium on this machine (Debian: apt-get install chromium; or set CHROMIUM to its path), no browser test ran.
NO_POSTGRES := no PostgreSQL answers at $(TEST_DATABASE_URL) (set TEST_DATABASE_URL), no test ran on it.

# The demonstration lives in November 2023: its clock differs from the machine's by whole days, seen from Viet Nam.
define SHIFT
from datetime import UTC, date, datetime, timedelta
today = (datetime.now(UTC) + timedelta(hours=7)).date()
print(f'CLOCK_SHIFT_DAYS={(date(2023, 11, 24) - today).days}')
endef
export SHIFT

$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer was not found (set PYTHON to its path)."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/%.stamp: requirements/%.txt | $(BIN)/pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.env: | $(BIN)/pip
	@umask 077 && { echo "# Written by make run for a demonstration on this machine; .env.example explains each name."; \
		echo "DEBUG=on"; \
		$(BIN)/python -c "import secrets; print('SECRET_KEY=' + secrets.token_urlsafe(50))"; \
		$(BIN)/python -c "$$SHIFT"; } > $@.new && mv $@.new $@

.PHONY: always
always:

# The plan's duties name units, and the demonstration plays on both: register, plan, demonstration.
var/register.stamp: $(REFERENCE) $(LOADED_INTO)
	@$(MANAGE) load_register
	@$(REMEMBER)

var/plan.stamp: $(REFERENCE) var/register.stamp
	@$(MANAGE) load_plan
	@$(REMEMBER)

var/demo.stamp: $(LOADED_INTO) | var/plan.stamp
	@echo "Loading the demonstration year; this takes a while, once."
	@$(MANAGE) load_demo
	@$(REMEMBER)
