# The environment is made on first use; every target below runs inside it.
UV := $(shell command -v uv 2>/dev/null || echo python3 -m uv)
export UV_COMPILE_BYTECODE := 1
export PYTHONDONTWRITEBYTECODE :=
RUN := .venv/bin

.PHONY: all test lint nightly airflow faults bench accessibility image

all: .venv/ready

.venv/ready: pyproject.toml uv.lock
	@command -v uv >/dev/null 2>&1 || python3 -m uv --version >/dev/null 2>&1 || python3 -m pip install --quiet uv
	@printf 'installing the environment into .venv '; (while sleep 2; do printf .; done) & dots=$$!; \
		$(UV) sync --frozen --quiet; made=$$?; kill $$dots; echo; exit $$made
	@touch $@

lint: .venv/ready
	$(RUN)/ruff check plugins dags tests
	$(RUN)/ruff format --check plugins dags tests
	$(RUN)/mypy
	$(RUN)/sqlfluff lint sql expectations --processes 2 --disable-progress-bar

test: lint
	$(RUN)/pytest --numprocesses auto --dist loadfile --cov --cov-report=term

nightly: .venv/ready
	$(RUN)/statutory nightly $(if $(SOURCE),--source $(SOURCE)) $(if $(NIGHT),--night $(NIGHT))

airflow: .venv/ready
	$(RUN)/statutory airflow

faults: .venv/ready
	$(RUN)/python tests/faults.py

accessibility: .venv/ready
	$(RUN)/python tests/accessibility.py

bench: .venv/ready
	$(RUN)/python tests/bench.py

image: .venv/ready
	$(RUN)/python tests/image.py
