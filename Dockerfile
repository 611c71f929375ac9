# One image for every Airflow service; the command says which.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    PATH=/opt/statutory/.venv/bin:$PATH

RUN pip install --no-cache-dir uv==0.9.9 \
    && useradd --create-home --uid 50000 statutory

WORKDIR /opt/statutory

# The environment first, so that a change of SQL or words alone does not make it anew.
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv uv sync --frozen --no-dev --no-install-project

COPY README.md ./
COPY plugins plugins
COPY dags dags
COPY sql sql
COPY expectations expectations
# Which commit it is of stands on every page; .dockerignore lets through the few files that say so.
COPY .git .git
# A clone made under a strict umask has files that its owner alone can read.
RUN --mount=type=cache,target=/root/.cache/uv uv sync --frozen --no-dev \
    && mkdir -p /data/home /data/out /data/local /extracts \
    && chown -R statutory /data \
    && chmod -R a+rX plugins dags sql expectations .git

USER 50000

ENV STATUTORY_HOME=/data/home \
    STATUTORY_OUT=/data/out \
    STATUTORY_LOCAL=/data/local \
    STATUTORY_SOURCE=/extracts \
    AIRFLOW_HOME=/data/home/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/statutory/dags \
    AIRFLOW__CORE__PLUGINS_FOLDER=/opt/statutory/plugins

CMD ["airflow", "version"]
