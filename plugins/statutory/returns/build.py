"""A return as a schema: the modules of one collection year, made from the rows of one night.

Modules and their columns have the department's names. Beside them stand `row_id`, counted from 0, and the ids of the
worker, child or team that a row is about; the one-row table `collection` holds the dates and the authority. A file of
the folder that the layout does not name is a step: a table that several modules read, with a key of its own.
"""

import csv
import functools
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from psycopg import sql

from statutory import sqlfile
from statutory.errors import StatutoryError
from statutory.paths import SQL
from statutory.returns import layout
from statutory.sources import contract
from statutory.sqlfile import SqlFile
from statutory.warehouse import build, builder, ordering
from statutory.warehouse.connection import Connection
from statutory.warehouse.nights import night_schema, set_aside

HEADER = ("title", "grain", "years", "sources")
OPTIONAL = ("key",)  # of a step
DAYS = ("collection_start", "collection_end", "due_on")
# Returns that are asked for as at any day: the months that each looks back.
AS_AT = {"annex_a": 6}
COLLECTION = """
    create table collection (
        return_id text primary key, collection_year integer not null,
        collection_start date not null, collection_end date not null, la_code text, night date
    )
"""


@dataclass(frozen=True)
class Collection:
    """One collection of a return: the year it is named by, its first and last day, and when it is to be sent.

    One that is asked for as at a day is named by that day, 20260930, in the place of a year.
    """

    return_id: str
    year: int
    start: date
    end: date
    due: date

    @property
    def label(self) -> str:
        """How files and book-keeping name it."""
        return f"{self.return_id}_{self.year}"

    def schema(self, night: date) -> str:
        """The schema of this return as built from a night."""
        return f"{night_schema(night)}_{self.label}"


@functools.cache
def collections(return_id: str) -> tuple[Collection, ...]:
    """The collections of a return, oldest first."""
    with (SQL / "ref" / "collection.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Collection(return_id, int(row["collection_year"]), *(date.fromisoformat(row[day]) for day in DAYS))
            for row in csv.DictReader(file)
            if row["return_id"] == return_id
        )


def open_on(return_id: str, night: date) -> list[Collection]:
    """The collections that a night can say something of: the newest that ended, and the one that goes on."""
    ended = [one for one in collections(return_id) if one.end <= night]
    return ended[-1:] + [one for one in collections(return_id) if one.start <= night < one.end]


def newest(return_id: str, night: date) -> Collection:
    """The collection that ended last by a night.

    Raises:
        StatutoryError: none is known to have ended by then.
    """
    known = [one for one in collections(return_id) if one.end <= night]
    if not known:
        raise StatutoryError(f"no collection of {return_id} ended by {night}: sql/ref/collection.csv lists them")
    return max(known, key=lambda one: one.end)


def collection(return_id: str, year: int) -> Collection:
    """The collection of a year, or as at the day 20260930; StatutoryError when it is not known."""
    if return_id in AS_AT:
        return as_at(return_id, _day(return_id, year))
    for one in collections(return_id):
        if one.year == year:
            return one
    raise StatutoryError(f"no collection of {return_id} {year} is known: sql/ref/collection.csv lists them")


def as_at(return_id: str, day: date) -> Collection:
    """The collection of a return that is asked for as at a day; both ends of its months are in it."""
    return Collection(return_id, int(f"{day:%Y%m%d}"), day - relativedelta(months=AS_AT[return_id]), day, day)


def _day(return_id: str, number: int) -> date:
    try:
        return date.fromisoformat(str(number))
    except ValueError:
        raise StatutoryError(f"{return_id} is as at a day, written 20260930: {number} is none") from None


def modules(collection: Collection) -> list[SqlFile]:
    """The modules of a return as its year has them, and its steps, each after those it reads.

    Raises:
        SqlFileError: `years` in a header is not {first: year} with an optional last.
        StatutoryError: the layout of that year is not known.
    """
    found = []
    for file in sqlfile.folder(f"returns/{collection.return_id}", HEADER, OPTIONAL):
        first, last = sqlfile.years(file)
        if first <= collection.year <= (last or collection.year):
            found.append(file)
    if not found:
        raise StatutoryError(f"the layout of {collection.return_id} {collection.year} is not known here")
    known = contract.tables().keys() | build.RUNNER_RELATIONS.keys() | {"collection"}
    return sqlfile.ordered(found, known | {mart.name for mart in build.marts()})


def module_name(file: SqlFile) -> str:
    """The department's name of a module; a layout that held to a year is in `<Module>.<year>.sql`."""
    return file.name.partition(".")[0]


def fill_collection(connection: Connection, chosen: Collection, la_code: str | None, night: date | None = None) -> None:
    """Write the one row of `collection`; the night where the return is built from one."""
    connection.execute(
        "insert into collection values (%s, %s, %s, %s, %s, %s)",
        (chosen.return_id, chosen.year, chosen.start, chosen.end, la_code, night),
    )


def own_authority(connection: Connection, chosen: Collection) -> str | None:
    """The authority's number at the end of a collection, by the mart `parameter` that the search path shows."""
    found = connection.execute(
        """
        select text_value from parameter
        where name = 'own_la' and valid_from <= %s and (valid_to is null or valid_to > %s)
        """,
        (chosen.end, chosen.end),
    ).fetchone()
    return None if found is None else str(found[0])


def build_return(connection: Connection, chosen: Collection, night: date) -> dict[str, int]:
    """Make the schema of a return from a night that is built.

    Returns:
        The rows of each module.

    Raises:
        StatutoryError: the parameter `own_la` does not say which authority this is.
        WarehouseError: a module failed in PostgreSQL.
    """
    if connection.execute("select to_regnamespace(%s)", (chosen.schema(night),)).fetchall()[0][0]:
        set_aside(connection, chosen.schema(night))
    connection.execute(sql.SQL("create schema {}").format(sql.Identifier(chosen.schema(night))))
    point_at(connection, chosen, night)
    own = own_authority(connection, chosen)
    if own is None:
        raise StatutoryError("local_parameter has no own_la for this collection: give the authority's three digits")
    connection.execute(COLLECTION)
    fill_collection(connection, chosen, own, night)
    _show_last(connection, chosen)
    builder.show(connection, chosen.schema(night))
    rows = {}
    for file in modules(chosen):
        name = module_name(file)
        if name in layout.modules(chosen.return_id):
            rows[name] = _module(connection, chosen, night, file)
        else:
            label = f"{chosen.label}.{name}"
            build.make_table(connection, night, file, name=name, key=file.header["key"], label=label)
    ordering.by_number(connection, chosen.schema(night))
    return rows


def point_at(connection: Connection, chosen: Collection, night: date) -> None:
    """Let table names mean a return built from a night, and what it was built from, for the rest of the transaction."""
    connection.execute(
        sql.SQL("set local search_path = {}, {}").format(
            sql.Identifier(chosen.schema(night)), sql.Identifier(night_schema(night))
        )
    )


def submitted_schema(return_id: str, year: int) -> str:
    """The schema that holds what was submitted for a year."""
    return f"submitted_{return_id}_{year}"


def _show_last(connection: Connection, chosen: Collection) -> None:
    """Show the modules that were submitted for the year before as `<module>_last`."""
    schema = submitted_schema(chosen.return_id, chosen.year - 1)
    for (name,) in connection.execute(
        "select relname from pg_class where relnamespace = to_regnamespace(%s) and relkind = 'r'", (schema,)
    ).fetchall():
        connection.execute(
            sql.SQL("create view {} as select * from {}").format(
                sql.Identifier(f"{name}{layout.LAST}"), sql.Identifier(schema, name)
            )
        )


def _module(connection: Connection, chosen: Collection, night: date, module: SqlFile) -> int:
    """Make one module: what its file selects, then as the rules see it."""
    name = module_name(module)
    rows = build.make_table(connection, night, module, name="selected", key=["row_id"], label=f"{chosen.label}.{name}")
    columns = [column.lower() for column in module.columns]
    texts = ", ".join(f'"{column}"::text as "{column}"' for column in columns)
    layout.make(connection, chosen.return_id, [name], temporary=False)
    layout.fill(connection, chosen.return_id, name, columns, f"(select {texts} from selected offset 0) as given")
    connection.execute(
        sql.SQL("drop table selected; alter table {0} add primary key (row_id); analyze {0}").format(
            sql.Identifier(name.lower())
        )
    )
    builder.show(connection, chosen.schema(night))
    return rows
