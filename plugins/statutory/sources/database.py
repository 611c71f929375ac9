"""Read tables of a source from its own database: a SQLAlchemy address in the settings, tables of a schema, or queries.

Every row streams through as text in CSV form, so that a query result lands the way a file does.
"""

import contextlib
import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, NoSuchModuleError, OperationalError

from statutory.errors import SourceError, UnreachableError
from statutory.settings import Council

ROWS_AT_ONCE = 5000


class Database:
    """An open connection to the database of one source."""

    def __init__(self, connection: sa.Connection, source: str) -> None:
        self._connection = connection
        self._source = source
        self._result: sa.CursorResult[Any] | None = None

    def has_table(self, name: str, schema: str | None) -> bool:
        """Whether a table or a view of that name is there."""
        with self._told(name):
            return sa.inspect(self._connection).has_table(name, schema=schema)

    def table(self, name: str, schema: str | None, key: tuple[str, ...]) -> Iterator[bytes]:
        """A table as CSV, its rows in the order of the key; errors as for `query`."""
        with self._told(name):
            there = {str(c["name"]).lower() for c in sa.inspect(self._connection).get_columns(name, schema=schema)}
        relation = sa.table(name, *(sa.column(k) for k in key), schema=schema)
        ordered = [relation.c[k] for k in key if k in there]
        return self._run(sa.select(sa.text("*")).select_from(relation).order_by(*ordered), name, {})

    def query(self, text: str, name: str, night: date) -> Iterator[bytes]:
        """A query's result as CSV; `:night` in it is the night that is extracted.

        Raises:
            SourceError: the query cannot be run, or asks for another parameter; the text names neither values nor SQL.
            UnreachableError: the connection was lost.
        """
        statement = sa.text(text)
        wanted = statement.compile().params.keys()
        if other := sorted(wanted - {"night"}):
            raise SourceError(f"{self._source}: the query of {name} asks for :{', :'.join(other)}; there is :night")
        return self._run(statement, name, {"night": night} if wanted else {})

    def _run(self, statement: sa.Executable, name: str, given: dict[str, date]) -> Iterator[bytes]:
        options = {"stream_results": True, "yield_per": ROWS_AT_ONCE}
        self.close()
        with self._told(name):
            self._result = self._connection.execute(statement, given, execution_options=options)
        return self._blocks(self._result, name)

    def close(self) -> None:
        """Give up what was asked for last, read to its end or not."""
        if self._result is not None:
            self._result.close()

    def _blocks(self, result: sa.CursorResult[Any], name: str) -> Iterator[bytes]:
        yield _csv([result.keys()])
        with self._told(name):
            for rows in result.partitions():
                yield _csv([_text(value) for value in row] for row in rows)

    @contextlib.contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """Say which table it was; a driver's own text may show a value of a row."""
        try:
            yield
        except (OperationalError, InterfaceError) as error:
            kind = type(error.orig).__name__
            raise UnreachableError(f"{self._source}: the database did not answer for {name} ({kind})") from None
        except DBAPIError as error:
            self._connection.rollback()  # so that the next table can be asked for
            kind = type(error.orig).__name__
            raise SourceError(
                f"{self._source}: the database refused what was asked for {name} ({kind}); run it by hand as the same"
                " user to see why"
            ) from None


@contextlib.contextmanager
def connect(council: Council, source: str) -> Iterator[Database | None]:
    """The database of a source; None when the settings name none.

    Raises:
        SourceError: the address cannot be read or its driver is not installed.
        UnreachableError: nothing answers there.
    """
    address = council.databases.get(source)
    if address is None:
        yield None
        return
    try:
        engine = sa.create_engine(address.get_secret_value(), poolclass=sa.NullPool, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError, ValueError):  # the text of each may show the password
        raise SourceError(f"{source}: the address in the setting `databases` is no SQLAlchemy address") from None
    except ModuleNotFoundError as error:
        raise SourceError(
            f"{source}: the driver {error.name} is not installed; install statutory[sqlserver] or statutory[oracle]"
        ) from None
    try:
        opened = engine.connect()
    except DBAPIError as error:
        kind = type(error.orig).__name__
        raise UnreachableError(f"{source}: its database does not let us in or does not answer ({kind})") from None
    except (ValueError, TypeError) as error:  # what a driver makes of a part of the address that cannot be
        kind = type(error).__name__
        raise SourceError(f"{source}: the driver refuses the address in the setting `databases` ({kind})") from None
    with opened, contextlib.closing(Database(opened, source)) as found:
        yield found


def _csv(rows: Any) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _text(value: Any) -> str | None:
    """A value as the contract writes it: dates and times as ISO has them, numbers without an exponent."""
    match value:
        case None | str():
            text = value
        case bool():
            text = "true" if value else "false"
        case datetime():
            text = value.isoformat(" ")
        case float():
            text = format(Decimal(repr(value)), "f")
        case Decimal():
            text = format(value, "f")
        case bytes() | memoryview():
            text = "\\x" + bytes(value).hex()
        case list() | dict():
            text = json.dumps(value, ensure_ascii=False)
        case _:
            text = str(value)
    return text
