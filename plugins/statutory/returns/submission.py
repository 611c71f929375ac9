"""Submitted returns: the modules as sent, who signed them off and when.

The rules of the next year read them as `<module>_last`.
"""

import hashlib
from datetime import date
from pathlib import Path

from psycopg import sql

from statutory.errors import StatutoryError
from statutory.night import Night
from statutory.postgres import is_there
from statutory.returns import build, layout, reading
from statutory.returns.definition import Collection
from statutory.warehouse.connection import Connection


def submit(night: Night, chosen: Collection, signed_off_by: str) -> int:
    """Keep a return as it was built from a night; the number of its records.

    Raises:
        StatutoryError: the return was not built from that night, its reference date lies ahead, or its file was never
            written.
    """
    if night.day < chosen.period.last_day:
        raise StatutoryError(
            f"{chosen.label} of the night {night.day} is provisional: its reference date is {chosen.period.last_day}"
        )
    schema = chosen.schema(night.day)
    if not is_there(night.connection, schema):
        raise StatutoryError(
            f"{chosen.label} is not built from the night {night.day}: run the DAG statutory_returns for it"
        )
    file = night.folder / f"{chosen.label}.xml"
    if not file.exists():
        raise StatutoryError(f"{file.name} of the night {night.day} is not there: see why it was not written")
    source = {module: sql.Identifier(schema, module.lower()) for module in layout.modules(chosen.return_)}
    return _keep(
        night.connection, chosen, source, night.day, signed_off_by, hashlib.sha256(file.read_bytes()).hexdigest()
    )


def submit_file(connection: Connection, chosen: Collection, file: Path, signed_off_by: str) -> int:
    """Keep a file that was submitted from somewhere else, such as last year's; the number of its records.

    Raises:
        ReturnFileError: the file cannot be read, or is of another return.
    """
    reading.read(connection, chosen.return_, chosen.period.year, [file])
    source = {module: sql.Identifier("pg_temp", module.lower()) for module in layout.modules(chosen.return_)}
    records = _keep(connection, chosen, source, None, signed_off_by, hashlib.sha256(file.read_bytes()).hexdigest())
    for relation in (*source.values(), sql.Identifier("pg_temp", reading.UNKNOWN)):
        connection.execute(sql.SQL("drop table {}").format(relation))
    return records


def _keep(  # noqa: PLR0917
    connection: Connection, chosen: Collection, source: dict[str, sql.Identifier], night: date | None,
    signed_off_by: str, sha256: str,
) -> int:  # fmt: skip
    """Put the modules in the place of what was submitted for the year before them, and write it down."""
    schema = build.submitted_schema(chosen)
    connection.execute(sql.SQL("create schema if not exists {}").format(sql.Identifier(schema)))
    records = 0
    for module, relation in source.items():
        kept = sql.Identifier(schema, module.lower())
        if not is_there(connection, schema, module.lower()):
            connection.execute(sql.SQL("create table {} as select * from {}").format(kept, relation))
        else:
            connection.execute(sql.SQL("delete from {}").format(kept))
            connection.execute(sql.SQL("insert into {} select * from {}").format(kept, relation))
        ((count,),) = connection.execute(sql.SQL("select count(*) from {}").format(kept))
        records += int(count)
    connection.execute(
        "insert into ops.submission (return_id, period, last_day, night, signed_off_by, records, sha256)"
        " values (%s, %s, %s, %s, %s, %s, %s)",
        (chosen.return_id, chosen.period.label, chosen.period.last_day, night, signed_off_by, records, sha256),
    )
    return records
