# One command for each job. Works with GNU make and a POSIX shell.
# Another Python than python3: PYTHON=python3.12 make run

SET_UP := sh requirements/set_up.sh
BIN := .venv/bin
PYTHON3 := $(or $(PYTHON),python3)

# Each test file is one worker's, because its fixtures are made once a process. More than four workers gain nothing:
# the longest file takes a sixth of the time.
SIDE_BY_SIDE := --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# uv writes the locks and takes no part in running or testing; it lives apart from .venv.
UV_VERSION := 0.13.9
UV := build/lock/bin/uv
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" pyproject.toml --group build

.DEFAULT_GOAL := help
.PHONY: help setup run example reports test test-data test-tools test-training lint lab notebooks docs lock check-wheels clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1#\2/p' Makefile | while IFS='#' read -r name text; do \
		printf '%-20s %s\n' "$$name" "$$text"; done

setup: ## install everything that a run needs into .venv (the other commands do it by themselves)
	@$(SET_UP) run

run: ## run every notebook on seeds/ and write outputs/seeds/
	@$(SET_UP) run
	@$(BIN)/research run

example: ## run every notebook on examples/corpus (invented texts) and write outputs/example/
	@$(SET_UP) run
	@$(BIN)/research run examples/corpus --name example

reports: example ## build the reports in examples/reports, which cite both runs, into build/reports/ (needs LaTeX, pandoc)
	@$(BIN)/python examples/reports/build.py

test: ## run all tests, and every notebook against its committed outputs
	@$(SET_UP) test
	@$(BIN)/python -m pytest -m "not browser and not data and not install" $(SIDE_BY_SIDE) --durations 20

test-data: ## count again every finding on PolNeAR, in ON_THE_RECORD_DATA or ../shared/data (two minutes)
	@$(SET_UP) test
	@$(BIN)/python -m pytest tests -m data

test-tools: ## run the tests that need a browser, pandoc, LaTeX, LibreOffice or the package index
	@$(SET_UP) browser
	@$(BIN)/python -m pytest tests -m "browser or install or latex or libreoffice or pandoc" $(TOOLS)

test-training: ## try the training of the models for a few steps (installs torch, apart from .venv)
	@$(PYTHON3) -m venv build/training
	@build/training/bin/pip install --quiet --disable-pip-version-check -r training/attributions/requirements.txt
	@PYTHONPATH=src:. build/training/bin/python -m training.attributions.train --smoke build/smoke
	@PYTHONPATH=src:. build/training/bin/python -m training.attributions.prune --smoke --heads 1 --inner 32 \
		build/smoke/epoch-4.pt build/smoke/pruned.pt
	@PYTHONPATH=src:. build/training/bin/python -m training.attributions.train --smoke \
		--start build/smoke/pruned.pt --teacher build/smoke/epoch-4.pt --names teacher build/smoke/student
	@PYTHONPATH=src:. build/training/bin/python -m training.attributions.train --smoke --mimic --steps 1 \
		--start build/smoke/pruned.pt --teacher build/smoke/epoch-4.pt build/smoke/mimic
	@PYTHONPATH=src:. build/training/bin/python -m training.attributions.restore src/research/nlp/models build/smoke/shipped.pt

lint: ## check style (ruff) and types (mypy)
	@$(SET_UP) test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

lab: ## open JupyterLab with the notebooks (LAB="--port 9000": options for it)
	@$(SET_UP) run
	@JUPYTER_CONFIG_PATH="$(CURDIR)/.jupyter" $(BIN)/jupyter lab $(LAB)

notebooks: ## regenerate the outputs in notebooks/ and the reference run outputs/seeds/
	@$(SET_UP) run
	@$(BIN)/python -m research.outputs.refresh
	@$(BIN)/python docs/blocks.py

docs: ## update the outputs and tables in README.md and docs/ from the program
	@$(SET_UP) run
	@$(BIN)/python docs/blocks.py

lock: $(UV) ## update requirements/*.txt and environment.yml from pyproject.toml (UPGRADE=1: newest versions)
	$(LOCK) $(if $(UPGRADE),--upgrade) --output-file requirements/run.txt >/dev/null
	$(LOCK) $(if $(UPGRADE),--upgrade) --extra test --extra lint \
		--constraint requirements/run.txt --output-file requirements/test.txt >/dev/null
	$(LOCK) $(if $(UPGRADE),--upgrade) --extra test --extra lint --group browser \
		--constraint requirements/test.txt --output-file requirements/browser.txt >/dev/null
	build/lock/bin/python requirements/environment.py

check-wheels: $(UV) ## see that every package of the locks has a wheel for each supported Python and platform
	build/lock/bin/python requirements/check_wheels.py $(UV)

$(UV): Makefile
	@$(PYTHON3) -m venv build/lock
	@build/lock/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $(UV)

clean: ## remove .venv and everything else that can be made again; outputs/ stays
	rm -rf .venv build dist .hypothesis .pytest_cache .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
