"""Back up the warehouse to one file and restore it: PostgreSQL's dump, without landing, which can be extracted again.

A restore is one transaction, including the removal of old content: it happens completely or not at all.
"""

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, cast

from psycopg import pq, sql

from statutory.errors import WarehouseError
from statutory.settings import Council
from statutory.warehouse import builder, connection, roles, runs
from statutory.warehouse.connection import Connection
from statutory.warehouse.migrate import migrate

# The schemas that this package makes; beside them stands only alembic's table in `public`.
OURS = (
    r"^(history|ops|quality|published(_analyst|_totals)?(_new|_old_\d+)?|submitted_[a-z_]+_\d+"
    r"|(night|landing)_\d{4}_\d\d_\d\d(_[a-z0-9_]+)?)$"
)
ALEMBIC = "alembic_version"
# What stands in a database beside ours, what an extension brought left out: whole schemas, and relations of `public`.
FOREIGN = """
select nspname::text as schema, null::text as relation from pg_namespace
where nspname !~ '^(pg_|information_schema$|public$)' and nspname !~ %(ours)s
and not exists (
    select from pg_depend where classid = 'pg_namespace'::regclass and objid = pg_namespace.oid and deptype = 'e'
)
union all
select 'public', relname::text from pg_class
where relnamespace = to_regnamespace('public') and relkind in ('r', 'v', 'm', 'p', 'f') and relname <> %(alembic)s
and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e')
order by 1, 2
"""
# What a backup of a warehouse is made of; in the list of an archive the schema stands after the kind.
KINDS = (
    "TABLE DATA", "TABLE ATTACH", "INDEX ATTACH", "FK CONSTRAINT", "SEQUENCE SET", "SCHEMA", "TABLE", "VIEW",
    "SEQUENCE", "DEFAULT", "CONSTRAINT", "INDEX", "ACL", "COMMENT",
)  # fmt: skip
ENTRY = re.compile(rf"\d+; \d+ \d+ ({'|'.join(KINDS)}) (\S+) (?:SCHEMA )?(\S+)")
FIXED = {"history", "ops", "quality", "published"}
ROLE = """
do $$ begin
    if not exists (select from pg_roles where rolname = '{0}') then
        create role {0} nologin;
    end if;
end $$"""


def backup(council: Council, file: Path) -> None:
    """Write history, nights and book-keeping into `file`; it is written completely or not at all.

    Foreign objects are left out.

    Raises:
        WarehouseError: the dump failed, PostgreSQL's last line is in the text; or `file` is a folder.
    """
    if file.is_dir():
        raise WarehouseError(f"{file} is a folder: name the file to write")
    with connection.connect(council) as opened:
        foreign = _foreign(opened)
    aside = file.with_name(f".{file.name}")
    try:
        _run(
            council,
            "pg_dump",
            "--format=custom",
            "--exclude-extension=*",
            "--exclude-schema=landing_*",
            "--exclude-schema=published*_old_*",
            *(
                f'--exclude-schema="{schema}"' if relation is None else f'--exclude-table="{schema}"."{relation}"'
                for schema, relation in foreign
            ),
            f"--file={aside}",
        )
        os.replace(aside, file)
    finally:
        aside.unlink(missing_ok=True)


def restore(council: Council, file: Path) -> date | None:
    """Restore `file` into an empty warehouse; return the published night. On failure nothing has changed.

    Raises:
        WarehouseError: the file is no backup of a warehouse, or is cut short; the database holds a night, a submitted
            return or what is not ours; or PostgreSQL refuses it.
    """
    _refuse_other_file(council, file)
    with connection.connect(council) as opened:
        _refuse_full(opened)
        there = opened.execute("select nspname from pg_namespace where nspname ~ %s", (OURS,)).fetchall()
        drop = [sql.SQL("drop schema {} cascade").format(sql.Identifier(name)).as_string(opened) for (name,) in there]
    first = [
        "begin",
        "set lock_timeout = '5s'",
        *(ROLE.format(role) for role in (*roles.ROLES, builder.ROLE)),
        *drop,
        f"drop table if exists public.{ALEMBIC}",
    ]
    _replay(council, file, ";\n".join([*first, ""]))
    migrate(council)  # what a backup of an earlier version lacks, and the rights on the database itself
    with connection.connect(council) as opened:
        found = opened.execute("select night from ops.published").fetchone()
    return found[0] if found else None


def _refuse_other_file(council: Council, file: Path) -> None:
    """Let only an archive through that holds a warehouse, by its own list; nothing is read of its rows yet."""
    if not file.is_file():
        raise WarehouseError(f"{file} is not there, or is no file")
    other = f"{file} is not a backup written by `statutory backup`"
    try:
        listed = _run(council, "pg_restore", "--format=custom", "--list", str(file))
    except WarehouseError as error:
        raise WarehouseError(f"{other}: {error}") from None
    schemas = set()
    for line in listed.splitlines():
        if not line or line.startswith(";"):
            continue
        entry = ENTRY.match(line)
        if entry is None:
            raise WarehouseError(f"{other}: it contains something foreign: {line.partition(' ')[2][:60]}")
        kind, schema, name = entry.groups()
        schema = name if schema == "-" else schema
        is_ours = re.match(OURS, schema) or (schema == "public" and (name == ALEMBIC or kind in {"ACL", "COMMENT"}))
        if not is_ours:
            raise WarehouseError(f"{other}: it holds {schema}.{name}, which is not part of the warehouse")
        schemas.add(schema)
    if lacks := FIXED - schemas:
        raise WarehouseError(f"{other}: it has no schema {', '.join(sorted(lacks))}")


def _refuse_full(opened: Connection) -> None:
    if foreign := [schema if relation is None else f"{schema}.{relation}" for schema, relation in _foreign(opened)]:
        raise WarehouseError(
            f"the database contains other objects: {', '.join(foreign)}; restore into an empty database"
        )
    if (night := runs.newest_loaded(opened)) is not None:
        raise WarehouseError(f"the warehouse holds the night {night}: restore into an empty one")
    submitted = opened.execute("select nspname from pg_namespace where nspname ~ '^submitted_' order by 1").fetchall()
    if submitted:
        names = ", ".join(name for (name,) in submitted)
        raise WarehouseError(f"the warehouse holds what was submitted ({names}): restore into an empty one")


def _foreign(opened: Connection) -> list[tuple[str, str | None]]:
    return opened.execute(FOREIGN, {"ours": OURS, "alembic": ALEMBIC}).fetchall()


def _replay(council: Council, file: Path, first: str) -> None:
    """Let psql run `first` and the archive's statements in one transaction, which is committed when all of it was read.

    Whatever ends before, this process too, ends psql's input without the commit, and the server rolls back.
    """
    with (
        tempfile.TemporaryFile("w+") as told,
        tempfile.TemporaryFile("w+") as said,
        _started(
            council, "pg_restore", "--no-owner", "--file=-", str(file), stdout=subprocess.PIPE, stderr=told
        ) as reading,
        # Of an error its code alone: the text may show a value of a row.
        _started(
            council, "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--set=VERBOSITY=sqlstate",
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said,
        ) as writing,
    ):  # fmt: skip
        script, statements = cast("IO[bytes]", reading.stdout), cast("IO[bytes]", writing.stdin)
        with contextlib.suppress(BrokenPipeError), statements:  # psql says why it ended
            statements.write(first.encode())
            # PostgreSQL 16 does not know this setting, which the newer pg_restore begins with.
            statements.write(script.read(4096).replace(b"SET transaction_timeout = 0;\n", b""))
            shutil.copyfileobj(script, statements)
            if reading.wait() == 0:
                statements.write(b"\ncommit;\n")
        if writing.wait():
            raise WarehouseError(f"nothing was restored: {_last_line('psql', said)}")
        if reading.wait():
            raise WarehouseError(f"{file} is broken, nothing was restored: {_last_line('pg_restore', told)}")


def _run(council: Council, program: str, *arguments: str) -> str:
    """What one of PostgreSQL's programs prints, run on the warehouse."""
    with tempfile.TemporaryFile("w+") as said:
        with _started(council, program, *arguments, stdout=subprocess.PIPE, stderr=said) as running:
            printed, _ = running.communicate()
        if running.returncode:
            raise WarehouseError(_last_line(program, said))
    return printed.decode(errors="replace")


@contextlib.contextmanager
def _started(council: Council, program: str, *arguments: str, **streams: object) -> Iterator["subprocess.Popen[bytes]"]:
    """One of PostgreSQL's programs; the password goes by the environment, not the command line."""
    told = pq.Conninfo.parse(connection.url(council).encode())
    environment = os.environ | {o.envvar.decode(): o.val.decode() for o in told if o.envvar and o.val}
    command = [str(connection.embedded(council).binaries() / program), *arguments]
    with subprocess.Popen(command, env=environment, **streams) as running:  # type: ignore[call-overload]
        try:
            yield running
        finally:
            running.kill()


def _last_line(program: str, said: IO[str]) -> str:
    said.seek(0)
    return f"{program} failed: {(said.read().strip().splitlines() or ['it said nothing'])[-1]}"
