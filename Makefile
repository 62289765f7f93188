# Everything one does in a checkout. `make` alone lists it.
# Kept to what GNU make 3.81 understands, which is the one macOS has.

SHELL := bash
.DEFAULT_GOAL := help
.NOTPARALLEL:

PORT := $(or $(PORT),8000)
PYTHON := .venv/bin/python
# Where a process of tests ends in the middle (a test of it hung, say), all end, and the test is named.
PYTEST := $(PYTHON) -m pytest -n auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder --max-worker-restart 0
# What tests throw away is kept in memory where there is room; compiled code is kept for the next process.
SCRATCH := PYTHONDONTWRITEBYTECODE= TMPDIR=$$($(PYTHON) tests/scratch.py)
CODE := config accounts initiatives tests
# Written last by collectstatic.
COLLECTED := $(or $(VAR_DIR),var)/static/staticfiles.json

.PHONY: help
help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

.PHONY: demo
demo: export DEMO := true
demo: export PORT := $(PORT)
demo: export BIND := 127.0.0.1:$(PORT)
demo: ## Serve the portal, filled, on this machine alone: port 8000, or PORT=…
	@if (exec 3<>/dev/tcp/127.0.0.1/$(PORT)) 2>/dev/null; then \
		echo "Port $(PORT) is in use: stop what uses it, or take another: make demo PORT=$$(($(PORT) + 1))" >&2; \
		exit 1; \
	fi
	@bash requirements/environment.sh base
	@# Compressing every file takes a while, so only when one may have changed.
	@if [ ! -e $(COLLECTED) ] || \
		[ -n "$$(find static config/settings.py requirements/base.txt -newer $(COLLECTED) -print | head -n 1)" ]; then \
		$(PYTHON) manage.py collectstatic --noinput --verbosity 0; \
	fi
	@$(PYTHON) manage.py demo
	@exec $(PYTHON) -m gunicorn --config config/gunicorn.py config.wsgi

.PHONY: install
install: ## Make .venv with all that developers need, or bring it up to date
	@bash requirements/environment.sh dev

KIND := not long
# Where it chooses nothing, that is said, and is no success.
NONE = { status=$$?; [ $$status -ne 5 ] || echo "ARGS chooses no test of these. Long ones run with make test-long, the others with make test." >&2; exit $$status; }

.PHONY: test
test: test-sqlite test-postgres ## Run the tests, on SQLite and then on PostgreSQL (ARGS='-k word' goes to pytest)

.PHONY: test-long
test-long: ## Run the long tests: walks through all pages in a browser and in both template engines, migrations there and back
	@$(MAKE) --no-print-directory test KIND=long

.PHONY: test-sqlite
test-sqlite: install ## Run the tests on SQLite
	@echo "Testing on SQLite."
	@unset DATABASE_URL; $(SCRATCH) $(PYTEST) -m '$(KIND)' $(ARGS) || $(NONE)

.PHONY: test-postgres
test-postgres: install ## Run the tests on a PostgreSQL of their own, or on TEST_DATABASE_URL
	@echo "Testing on PostgreSQL. Those that ask no database anything ran with those on SQLite."
	@# 5: of what ARGS chooses no test asks a database.
	@$(SCRATCH) $(PYTHON) tests/postgres.py -- $(PYTEST) -m '($(KIND)) and not once' $(ARGS) || [ $$? -eq 5 ]

.PHONY: drill
drill: DRILLS := races clicks writers
drill: drill-both ## Try out what is promised about crowds, on both databases (ARGS='--scale 0.1' for a tenth of it)

.PHONY: drill-kills
drill-kills: DRILLS := kills
drill-kills: drill-both ## The same about accidents: 200 workers killed in the middle of a submit (a quarter of an hour)

.PHONY: drill-abilities
drill-abilities: install ## Look with axe-core at every kind of page in every state, four languages, three widths, light and dark (ARGS='review --languages ar')
	@unset DATABASE_URL; $(PYTHON) -m bench.drills.abilities $(ARGS)

.PHONY: drill-both
drill-both: install
	@# Each prints its table, and one that does not hold fails both.
	@status=0; \
		(unset DATABASE_URL; $(PYTHON) -m bench.drills $(DRILLS) $(ARGS)) || status=$$?; \
		$(PYTHON) tests/postgres.py --durable -- $(PYTHON) -m bench.drills $(DRILLS) $(ARGS) || status=$$?; \
		exit $$status

.PHONY: lint
lint: install ## Check style, types and which module may import which
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	$(PYTHON) -m djlint --quiet --check --lint templates

.PHONY: format
format: install ## Put Python and templates into the house's style
	$(PYTHON) -m ruff check --fix --exit-zero --quiet .
	$(PYTHON) -m ruff format .
	$(PYTHON) -m djlint --quiet --reformat templates

.PHONY: messages
messages: export DEMO := true
messages: install ## Bring locale/*.po up to date with the code (wants gettext: apt-get install gettext)
	@command -v xgettext >/dev/null && command -v msgmerge >/dev/null || { echo "This wants gettext: apt-get install gettext, brew install gettext." >&2; exit 1; }
	@$(PYTHON) manage.py makemessages --locale fr --locale es --locale ar --no-wrap --add-location file --no-obsolete \
		--ignore var --ignore tests --ignore bench

.PHONY: bench
bench: install ## Measure pages with N=1000 generated entries in var/bench, or in the database that DATABASE_URL names
	@$(PYTHON) -m bench.speed $(or $(N),1000) $(ARGS)

.PHONY: bench-duplicates
bench-duplicates: install ## Measure how well entries that look the same are found (ARGS='speed --entries 100000' how fast)
	@$(PYTHON) -m bench.duplicates $(ARGS)

.PHONY: cards
cards: install ## Draw the pictures for links elsewhere anew, from static/img/card.svg and themes.svg (wants Chromium)
	@$(PYTHON) -m tests.cards

.PHONY: lock
lock: ## Lock pyproject.toml's packages again (ARGS=--upgrade takes newer versions)
	@bash requirements/environment.sh lock $(ARGS)

.PHONY: clean
clean: ## Remove what these commands made, but no data: the database and the uploads in var/ stay
	rm -rf .venv var/tools var/static var/locale .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
