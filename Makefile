# The developer's commands. They need make, Python 3.11 or later with venv, and on the first run a package index.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SHARED := ../shared

.PHONY: help demo test check bench docs changelog clean

help:
	@echo "make demo       build the example register and show it in the browser"
	@echo "make test       run the tests"
	@echo "make check      format, lint, types, and the wheel installed alone"
	@echo "make bench      how long things take, against a bare Python"
	@echo "make docs       the documentation as a site: build/site/index.html"
	@echo "make changelog  gather docs/changes into CHANGELOG.md"

demo: $(VENV)/.installed
	@$(BIN)/regesta demo -o regesta-demo.duckdb

test: $(VENV)/.dev $(VENV)/.browser $(VENV)/.postgres
	@$(BIN)/python -m pytest -q -n auto --dist worksteal

check: $(VENV)/.dev
	$(BIN)/ruff format --no-cache --check .
	$(BIN)/ruff check --no-cache .
	$(BIN)/mypy
	@if [ -f $(SHARED)/evaluate/overfit.py ]; then $(BIN)/python $(SHARED)/evaluate/overfit.py src; fi
	@rm -rf build
	$(PIP) wheel --no-deps --wheel-dir build .
	@$(PYTHON) -m venv build/bare
	@build/bare/bin/python -m pip --disable-pip-version-check --quiet install build/regesta-*.whl
	@cd build && bare/bin/regesta --version && bare/bin/python -c "import regesta; print(regesta.build.__doc__.split(chr(10))[0])"
	@cd build && XDG_CACHE_HOME=$(CURDIR)/build/cache bare/bin/regesta demo -o bare.duckdb >bare.txt && head -2 bare.txt
	@build/bare/bin/python scripts/bare.py

bench: $(VENV)/.dev
	@$(BIN)/python bench/run.py

docs: $(VENV)/.dev
	@$(BIN)/python docs/site/make.py build

changelog: $(VENV)/.installed
	@$(BIN)/python docs/changes/gather.py

clean:
	rm -rf build dist $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@echo "making $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@$(PIP) install --editable '.[all]'
	@touch $@

# the needs of [dependency-groups] dev; read here because Debian's pip does not know groups yet
$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"], sep="\n")' >$(VENV)/dev.txt
	@$(PIP) install --editable '.[all]' --requirement $(VENV)/dev.txt
	@touch $@ $(VENV)/.installed

# A browser and axe-core for tests/browser, where they can be had; the tests skip without them and say so.
$(VENV)/.browser: | $(VENV)/.dev
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; } \
		|| echo "no Chromium could be installed: tests of pages in a browser are skipped"
	@[ -f $(VENV)/axe-core/package/axe.min.js ] || { mkdir -p $(VENV)/axe-core && cd $(VENV)/axe-core && \
		npm pack --silent axe-core@4 >/dev/null 2>&1 && tar xzf axe-core-*.tgz; } \
		|| echo "no axe-core could be fetched: tests of what everybody can read are skipped"
	@touch $@

# PostgreSQL for tests/postgres, where it can be had; the tests start a server of their own, and skip without one and say so.
$(VENV)/.postgres: | $(VENV)/.dev
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { \
		[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null; } \
		|| echo "no PostgreSQL could be installed: tests of teams are skipped"
	@touch $@
