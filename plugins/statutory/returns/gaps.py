"""What a return lacks: for each field, how many of the records that need it have no value."""

from dataclasses import dataclass

from psycopg import sql

from statutory.night import Night
from statutory.returns import build, layout
from statutory.returns.definition import Collection
from statutory.returns.layout import Field
from statutory.warehouse.connection import Connection


@dataclass(frozen=True)
class Gap:
    """One field of a year: which records need it (empty: optional), their number, and how many have no value."""

    module: str
    field: str
    required_of: str
    records: int
    missing: int


def gaps(night: Night, chosen: Collection) -> list[Gap]:
    """The fields of a built return, largest gaps first, optional fields last."""
    build.point_at(night, chosen)
    wanted = chosen.return_.wanted
    found = [
        _gap(night.connection, module, field, wanted[field.required_of])
        for module, fields in layout.modules(chosen.return_).items()
        for field in fields
        if field.is_in(chosen.period.year)
    ]
    return sorted(found, key=lambda gap: (not gap.required_of, -gap.missing, gap.module, gap.field))


def _gap(connection: Connection, module: str, field: Field, wanted: str) -> Gap:
    ((records, missing),) = connection.execute(
        sql.SQL("select count(*), count(*) filter (where {} is null) from {} where {}").format(
            sql.Identifier(field.written), sql.Identifier(module.lower()), sql.SQL(wanted)
        )
    )
    return Gap(module, field.name, field.required_of, records, missing)
