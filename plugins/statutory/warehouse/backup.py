"""The warehouse in one file, and back: PostgreSQL's own dump, without what landed, which can be extracted again."""

import os
import subprocess
from datetime import date
from pathlib import Path

import psycopg

from statutory.errors import WarehouseError
from statutory.warehouse import builder, connection, roles, runs


def backup(file: Path) -> None:
    """Write history, nights and book-keeping into `file`; it appears whole or not at all.

    Raises:
        WarehouseError: the dump failed, PostgreSQL's last line is in the text; or `file` is a folder.
    """
    if file.is_dir():
        raise WarehouseError(f"{file} is a folder: name the file to write")
    aside = file.with_name(f".{file.name}")
    try:
        _run(
            "pg_dump",
            "--format=custom",
            "--exclude-schema=landing_*",
            "--exclude-schema=published_old*",
            f"--file={aside}",
        )
        os.replace(aside, file)
    finally:
        aside.unlink(missing_ok=True)


def restore(file: Path) -> date | None:
    """Bring an empty warehouse to what `file` holds; the published night.

    Raises:
        WarehouseError: the warehouse is not empty, the file is not there, or PostgreSQL cannot read it.
    """
    if not file.is_file():
        raise WarehouseError(f"{file} is not there, or is no file")
    with connection.connect() as opened:
        if (night := runs.newest_loaded(opened)) is not None:
            raise WarehouseError(f"the warehouse holds the night {night}: restore into an empty one")
        schemas = opened.execute(
            "select nspname from pg_namespace where nspname !~ '^(pg_|information_schema|public$)'"
        )
        for (name,) in schemas.fetchall():
            opened.execute(psycopg.sql.SQL("drop schema {} cascade").format(psycopg.sql.Identifier(name)))
        opened.execute("drop table if exists public.alembic_version")
        for role in (*roles.ROLES, builder.ROLE):
            if not opened.execute("select 1 from pg_roles where rolname = %s", (role,)).fetchone():
                opened.execute(psycopg.sql.SQL("create role {} nologin").format(psycopg.sql.Identifier(role)))
    _run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", "--dbname=warehouse", str(file))
    with connection.connect() as opened:
        found = opened.execute("select night from ops.published").fetchone()
    return found[0] if found else None


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the warehouse; the password goes by the environment, not the command line."""
    told = psycopg.conninfo.conninfo_to_dict(connection.url())
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    environment = os.environ | {name: str(told[key]) for key, name in names.items() if told.get(key)}
    arguments = tuple(a.replace("--dbname=warehouse", f"--dbname={told.get('dbname', 'warehouse')}") for a in arguments)
    command = [str(connection.embedded().binaries() / program), *arguments]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        said = (result.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise WarehouseError(f"{program} failed: {said}")
