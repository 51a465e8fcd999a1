# The front door: `make demo` and `make test` do all the set-up on a fresh machine.
PY = .venv/bin/python
UV = .boot/bin/uv
export UV_PYTHON_DOWNLOADS = never
export UV_NO_PROGRESS = 1
# ours, whichever is active in the shell of who calls
export VIRTUAL_ENV = $(CURDIR)/.venv

.PHONY: help setup demo quick test check bench bench-risk draw clean
help:
	@echo "make demo   import real and simulated data, detect, open the loops, start the console on 127.0.0.1:8000"
	@echo "make test   every test, as CI runs it      make quick  the fast ones (at most 5 minutes)"
	@echo "make check  format, lint, import contracts, sizes      make draw  the generated documents"
	@echo "make bench  seconds and gigabytes, written to build/bench (resumable)"

$(UV):
	@python3 -m venv .boot || (echo "python3 needs its venv module: install python3-venv and run make again." && exit 1)
	@.boot/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/ready: $(UV) requirements.txt pyproject.toml
	@$(UV) python find --quiet '>=3.12' >/dev/null 2>&1 || (echo "No Python 3.12 or newer was found on this machine: install one (for example python3.13) and run make again." && exit 1)
	@test -x $(PY) || $(UV) venv --quiet --no-project --python "$$($(UV) python find --quiet $$(cat .python-version) 2>/dev/null || $(UV) python find --quiet '>=3.12')"
	@$(UV) pip install --quiet --require-hashes -r requirements.txt
	@$(UV) pip install --quiet --no-deps -e .
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.txt
	@$(UV) pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

setup: .venv/ready-dev

demo: .venv/ready
	@.venv/bin/guanjian demo

quick: .venv/ready-dev check
	$(PY) -m pytest -n 2 -m "not slow and not browser and not postgres"

test: .venv/ready-dev check
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: .venv/ready-dev
	.venv/bin/ruff format --check --quiet .
	.venv/bin/ruff check --quiet .
	.venv/bin/lint-imports --no-cache > build-check.log 2>&1 || (cat build-check.log; rm -f build-check.log; exit 1); rm -f build-check.log
	$(PY) -m tests.house.sizes

bench: .venv/ready-dev
	$(PY) -m tests.speed

bench-risk: .venv/ready-dev
	$(PY) -m tests.speed.bench_risk
	$(PY) -m tests.speed.bench_risk national
	$(PY) -m tests.speed.bench_grid

draw: .venv/ready-dev
	$(PY) -m tests.draw

clean:
	rm -rf build var .venv .boot
