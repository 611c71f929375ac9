"""A return as a schema: the modules of one collection year, made from the rows of one night.

Modules and their columns have the department's names. Beside them stand `row_id`, counted from 0, and the ids of the
worker, child or team that a row is about; the one-row table `collection` holds the dates and the authority.
"""

import csv
from dataclasses import dataclass
from datetime import date

from psycopg import sql

from statutory import sqlfile
from statutory.errors import SqlFileError, StatutoryError
from statutory.paths import SQL
from statutory.sources import contract
from statutory.sqlfile import SqlFile
from statutory.warehouse import build
from statutory.warehouse.connection import Connection

HEADER = ("title", "grain", "years", "sources")
BOOKKEEPING = frozenset({"row_id", "child_id", "worker_id", "team_id"})


@dataclass(frozen=True)
class Collection:
    """One collection of a return: the year it is named by, its first and its last day."""

    return_id: str
    year: int
    start: date
    end: date

    def schema(self, night: date) -> str:
        """The schema of this return as built from a night."""
        return f"{build.night_schema(night)}_{self.return_id}_{self.year}"


def newest(return_id: str, night: date) -> Collection:
    """The collection that ended last by a night.

    Raises:
        StatutoryError: none is known to have ended by then.
    """
    with (SQL / "ref" / "collection.csv").open(encoding="utf-8", newline="") as file:
        known = [
            Collection(row["return_id"], int(row["collection_year"]), start, end)
            for row in csv.DictReader(file)
            for start, end in [map(date.fromisoformat, (row["collection_start"], row["collection_end"]))]
            if row["return_id"] == return_id and end <= night
        ]
    if not known:
        raise StatutoryError(f"no collection of {return_id} ended by {night}: sql/ref/collection.csv lists them")
    return max(known, key=lambda collection: collection.end)


def modules(collection: Collection) -> list[SqlFile]:
    """The modules of a return as its year has them, each after those it reads.

    Raises:
        SqlFileError: `years` in a header is not {first: year} with an optional last.
        StatutoryError: the layout of that year is not known.
    """
    found = []
    for file in sqlfile.folder(f"returns/{collection.return_id}", HEADER):
        years = file.header["years"]
        if not isinstance(years, dict) or not {"first"} <= set(years) <= {"first", "last"}:
            raise SqlFileError(f"{file.label}: years is written {{first: 2025}}, with last where the layout changed")
        if years["first"] <= collection.year <= years.get("last", collection.year):
            found.append(file)
    if not found:
        raise StatutoryError(f"the layout of {collection.return_id} {collection.year} is not known here")
    known = contract.tables().keys() | build.RUNNER_RELATIONS.keys() | {"collection"}
    return sqlfile.ordered(found, known | {mart.name for mart in build.marts()})


def module_name(file: SqlFile) -> str:
    """The department's name of a module; a layout that held to a year is in `<Module>.<year>.sql`."""
    return file.name.partition(".")[0]


def columns(file: SqlFile) -> list[str]:
    """The department's columns of a module, in its order."""
    return [name for name in file.columns if name not in BOOKKEEPING]


def build_return(connection: Connection, collection: Collection, night: date) -> dict[str, int]:
    """Make the schema of a return from a night that is built.

    Returns:
        The rows of each module.

    Raises:
        StatutoryError: the parameter `own_la` does not say which authority this is.
        WarehouseError: a module failed in PostgreSQL.
    """
    schema = sql.Identifier(collection.schema(night))
    connection.execute(sql.SQL("drop schema if exists {} cascade").format(schema))
    connection.execute(sql.SQL("create schema {}").format(schema))
    connection.execute(
        sql.SQL("set local search_path = {}, {}").format(schema, sql.Identifier(build.night_schema(night)))
    )
    connection.execute(
        """
        create table collection (
            return_id text primary key, collection_year integer not null,
            collection_start date not null, collection_end date not null, la_code text not null
        )
        """
    )
    written = connection.execute(
        """
        insert into collection
        select %s, %s, %s, %s::date, text_value from parameter
        where name = 'own_la' and valid_from <= %s and (valid_to is null or valid_to > %s)
        """,
        (collection.return_id, collection.year, collection.start, *[collection.end] * 3),
    )
    if written.rowcount != 1:
        raise StatutoryError("local_parameter has no own_la for this collection: give the authority's three digits")
    return {
        module_name(module): build.make_table(
            connection,
            night,
            module,
            name=module_name(module).lower(),
            key=["row_id"],
            label=f"{collection.return_id}_{collection.year}.{module_name(module)}",
        )
        for module in modules(collection)
    }
