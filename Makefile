# What people and CI run. Bare `make` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test check fix site serve demo bench audit faults fuzz clean chromium openssl printer auditors compiler wrk database

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
MADE := .venv/made
# Chromium without its windows: the same engine, a quarter of the work for a page.
BROWSER := chromium-headless-shell fonts-noto-core
AUDITORS := chromium nodejs npm default-jre-headless libreoffice-calc-nogui
COMPILER := gcc libc6-dev
PRINTER := libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-core poppler-utils
OPENAPI_OF_CODE := $(BIN)/python -c 'from site_api.openapi import main; main()'
OPENAPI := docs/developers/openapi.json
FLASK := $(BIN)/flask --app site_api
DEMO := PIAGAM_DATABASE_URL=sqlite:///$(CURDIR)/instance/demo.sqlite3 PIAGAM_SITE_DIR=$(CURDIR)/instance/demo-site
INSTALL := $(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r

help:
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/\1\t\2/p' Makefile | expand -t 10

run: $(MADE)/run site database  ## build the site and serve it with the app on this machine
	@$(BIN)/gunicorn -c python:site_api.serving "site_api:create_app()"

test: $(MADE)/dev chromium openssl printer  ## run the tests
	@$(BIN)/python -m pytest -q -n $$(($$(nproc) + 1)) --dist loadfile --no-loadscope-reorder

check: $(MADE)/dev  ## look for faults in style, types, imports and charter; changes no file
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { echo "Some files are not formatted: make fix" >&2; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@report=$$($(BIN)/lint-imports 2>&1) || { echo "$$report"; exit 1; }
	@$(BIN)/python scripts/build_charter.py check --quiet
	@$(OPENAPI_OF_CODE) | cmp -s - $(OPENAPI) || { echo "$(OPENAPI) is not what the code says: make fix" >&2; exit 1; }

fix: $(MADE)/dev  ## mend style where a tool can
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format
	@$(OPENAPI_OF_CODE) > $(OPENAPI)

site: $(MADE)/run  ## build the site from the charter
	@$(BIN)/python scripts/build_charter.py build

demo: $(MADE)/run instance/piagam.env  ## the same with a simulated year, in a database and a site of its own
	@rm -rf instance/demo.sqlite3* instance/demo-snapshot instance/demo-site
	@$(DEMO) $(FLASK) db upgrade
	@$(DEMO) $(FLASK) demo
	@$(DEMO) $(FLASK) snapshot instance/demo-snapshot --today 2026-10-31
	@$(BIN)/python scripts/build_charter.py build --snapshot instance/demo-snapshot --site instance/demo-site
	@$(DEMO) $(BIN)/gunicorn -c python:site_api.serving "site_api:create_app()"

serve: $(MADE)/run  ## build the site and look at it while writing
	@$(BIN)/python scripts/build_charter.py serve

bench: $(MADE)/dev chromium compiler wrk $(MADE)/peers  ## measure, and set each figure against a peer or a limit
	@$(BIN)/python -m benchmarks

audit: $(MADE)/dev chromium auditors $(MADE)/tools  ## look at every page as people with disabilities do; open what is downloaded
	@$(BIN)/python -m pytest -q tests/browser tests/site_api/test_csv_audit.py -m audit

faults: $(MADE)/dev compiler fuzz  ## kill it, fill its disk, turn its clock
	@$(BIN)/python -m pytest tests/faults

fuzz: $(MADE)/dev  ## send 20,000 made-up requests and hold every answer to the description
	@$(BIN)/python -m pytest -q tests/fuzz

clean:  ## remove what commands have made; instance/, with the keys and the cases, stays
	@rm -rf build site .venv tools/node_modules .coverage .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Keys are written once and never over; the tables are brought to this version.

instance/piagam.env: | $(MADE)/run
	@$(BIN)/python -m site_api.keys

database: instance/piagam.env
	@grep -q ^PIAGAM_PROOF_KEY= instance/piagam.env || $(BIN)/python -m site_api.keys
	@$(FLASK) db upgrade

# The virtual environment: made once, filled again when a lock changes. `run` needs no tool of the developers.

$(MADE)/venv:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: install it, or name it: make PYTHON=/path/to/python" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "Python cannot make a virtual environment here. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@"$(PYTHON)" -m venv .venv
	@$(BIN)/python -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "piagam112.pth").write_text(f"{pathlib.Path.cwd()}\n")'
	@mkdir -p $(MADE) && touch $@

$(MADE)/run: requirements/run.txt | $(MADE)/venv
	@$(INSTALL) $<
	@touch $@

$(MADE)/dev: requirements/dev.txt $(MADE)/run
	@$(INSTALL) $<
	@touch $@

# What the intake is measured against stands apart: nothing of ours needs it.

$(MADE)/peers: requirements/peers.txt | $(MADE)/venv
	@"$(PYTHON)" -m venv .venv/peers
	@.venv/peers/bin/pip install -qq --disable-pip-version-check --require-hashes -r $<
	@touch $@

# The tests use Debian's own browser, and what prints: installed where that needs no question, else asked for.

define DEBIAN
    root=$$([ "$$(id -u)" = 0 ] || echo "sudo -n"); \
    if command -v apt-get >/dev/null && $$root true 2>/dev/null; then \
        $$root apt-get update -qq && $$root apt-get install -qq -y --no-install-recommends $(2) >/dev/null; \
    else \
        echo "The tests need $(1). On Debian: apt-get install $(2)" >&2; exit 1; \
    fi
endef

chromium:
	@if ! command -v chromium-headless-shell >/dev/null; then ( $(call DEBIAN,Chromium and the Noto fonts,$(BROWSER)) ) || command -v chromium >/dev/null; fi

openssl:
	@if ! command -v openssl >/dev/null; then $(call DEBIAN,OpenSSL,openssl); fi

printer:
	@if ! /sbin/ldconfig -p | grep -q libpangoft2 || ! command -v pdftoppm >/dev/null; then $(call DEBIAN,Pango and Poppler,$(PRINTER)); fi

compiler:
	@if ! command -v gcc >/dev/null; then $(call DEBIAN,a C compiler,$(COMPILER)); fi

wrk:
	@if ! command -v wrk >/dev/null; then $(call DEBIAN,wrk,wrk); fi

auditors:
	@if ! command -v chromium >/dev/null || ! command -v npm >/dev/null || ! command -v java >/dev/null || ! command -v soffice >/dev/null; then $(call DEBIAN,LibreOffice and Chromium with Node and Java,$(AUDITORS)); fi

# No script of a package runs: all that is needed lies in the packages.

$(MADE)/tools: tools/package-lock.json | auditors $(MADE)/venv
	@npm ci --prefix tools --ignore-scripts --silent
	@touch $@
