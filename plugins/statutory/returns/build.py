"""A return as a schema: the modules of one collection year, made from the rows of one night.

Modules and their columns have the department's names. Additional columns are `row_id`, from 0, and the ids of the
worker, child or team of the row; the one-row table `collection` holds the dates and the authority. A file that the
layout does not name is a step: a table with its own key that modules read.
"""

from datetime import date
from pathlib import Path

from psycopg import sql

from statutory import sqlfile
from statutory.errors import StatutoryError
from statutory.night import Night
from statutory.postgres import is_there, use
from statutory.returns import layout
from statutory.returns.definition import Collection
from statutory.sources import contract
from statutory.sqlfile import SqlFile
from statutory.warehouse import build, builder, ordering
from statutory.warehouse.connection import Connection
from statutory.warehouse.nights import set_aside

HEADER = ("title", "grain", "years", "sources")
OPTIONAL = ("key",)  # of a step
COLLECTION = """
    create table collection (
        return_id text primary key, collection_year integer not null,
        collection_start date not null, collection_end date not null, la_code text, night date
    )
"""


def modules(collection: Collection, local: Path) -> list[SqlFile]:
    """The modules of a return as its year has them, and its steps, each after those it reads.

    Raises:
        SqlFileError: `years` in a header is not {first: year} with an optional last.
        StatutoryError: the layout of that year is not known.
    """
    found = []
    for file in sqlfile.folder(f"returns/{collection.return_id}", local, HEADER, OPTIONAL):
        first, last = sqlfile.years(file)
        if first <= collection.period.year <= (last or collection.period.year):
            found.append(file)
    if not found:
        raise StatutoryError(f"the layout of {collection.return_id} {collection.period.label} is not known here")
    known = contract.tables().keys() | build.RUNNER_RELATIONS.keys() | {"collection"}
    return sqlfile.ordered(found, known | {mart.name for mart in build.marts(local)})


def module_name(file: SqlFile) -> str:
    """The department's name of a module; a layout that held to a year is in `<Module>.<year>.sql`."""
    return file.name.partition(".")[0]


def fill_collection(connection: Connection, chosen: Collection, la_code: str | None, night: date | None = None) -> None:
    """Write the one row of `collection`; the night where the return is built from one."""
    period = chosen.period
    connection.execute(
        "insert into collection values (%s, %s, %s, %s, %s, %s)",
        (chosen.return_id, period.year, period.first_day, period.last_day, la_code, night),
    )


def own_authority(connection: Connection, chosen: Collection) -> str | None:
    """The authority's number at the end of a collection, by the mart `parameter` that the search path shows."""
    found = connection.execute(
        """
        select text_value from parameter
        where name = 'own_la' and valid_from <= %s and (valid_to is null or valid_to > %s)
        """,
        (chosen.period.last_day, chosen.period.last_day),
    ).fetchone()
    return None if found is None else str(found[0])


def build_return(night: Night, chosen: Collection) -> dict[str, int]:
    """Make the schema of a return from a night that is built.

    Returns:
        The rows of each module.

    Raises:
        StatutoryError: the parameter `own_la` does not say which authority this is.
        WarehouseError: a module failed in PostgreSQL.
    """
    if is_there(night.connection, chosen.schema(night.day)):
        set_aside(night.connection, chosen.schema(night.day))
    night.connection.execute(sql.SQL("create schema {}").format(sql.Identifier(chosen.schema(night.day))))
    point_at(night, chosen)
    own = own_authority(night.connection, chosen)
    if own is None:
        raise StatutoryError("local_parameter has no own_la for this collection: give the authority's three digits")
    night.connection.execute(COLLECTION)
    fill_collection(night.connection, chosen, own, night.day)
    _show_last(night.connection, chosen)
    builder.show(night.connection, chosen.schema(night.day))
    rows = {}
    for file in modules(chosen, night.council.local):
        name = module_name(file)
        if name in layout.modules(chosen.return_):
            rows[name] = _module(night, chosen, file)
        else:
            label = f"{chosen.label}.{name}"
            build.make_table(night, file, name=name, key=file.header["key"], label=label)
    layout.link(night.connection, chosen.return_)
    ordering.by_number(night.connection, chosen.schema(night.day))
    return rows


def point_at(night: Night, chosen: Collection) -> None:
    """Let table names mean a return built from a night, and what it was built from, for the rest of the transaction."""
    use(night.connection, chosen.schema(night.day), night.schema)


def submitted_schema(chosen: Collection) -> str:
    """The schema that holds what was submitted of a collection."""
    return f"submitted_{chosen.label}"


def _show_last(connection: Connection, chosen: Collection) -> None:
    """Show the modules that were submitted for the period before as `<module>_last`."""
    before = chosen.return_.before(chosen)
    if before is None:
        return
    schema = submitted_schema(before)
    for (name,) in connection.execute(
        "select relname from pg_class where relnamespace = to_regnamespace(%s) and relkind = 'r'", (schema,)
    ).fetchall():
        connection.execute(
            sql.SQL("create view {} as select * from {}").format(
                sql.Identifier(f"{name}{layout.LAST}"), sql.Identifier(schema, name)
            )
        )


def _module(night: Night, chosen: Collection, module: SqlFile) -> int:
    """Make one module: what its file selects, then as the rules see it."""
    name = module_name(module)
    rows = build.make_table(night, module, name="selected", key=["row_id"], label=f"{chosen.label}.{name}")
    columns = [column.lower() for column in module.columns]
    texts = ", ".join(f'"{column}"::text as "{column}"' for column in columns)
    layout.make(night.connection, chosen.return_, [name], temporary=False)
    layout.fill(night.connection, chosen.return_, name, columns, f"(select {texts} from selected offset 0) as given")
    night.connection.execute(
        sql.SQL("drop table selected; alter table {0} add primary key (row_id); analyze {0}").format(
            sql.Identifier(name.lower())
        )
    )
    builder.show(night.connection, chosen.schema(night.day))
    return rows
