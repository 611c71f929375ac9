"""The layout of each return as data: its modules and fields, with the years in which the department has each.

`field.csv` in the folder of a return is the one place: the tables that the rules see come from it.
"""

import csv
import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from statutory import spreadsheet
from statutory.errors import StatutoryError
from statutory.returns import definition
from statutory.warehouse import coerce
from statutory.warehouse.connection import Connection

# What stands beside the columns: the number of the row, counted from 0, and of the row above it in the module above it,
# the line of a file, and whom the row is about.
BOOKKEEPING = {
    "row_id": "bigint", "parent_id": "bigint", "line": "bigint", "child_id": "text", "worker_id": "text",
    "team_id": "text",
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One field of a module.

    `required_of` says of which records it is wanted, `names_record` that people know a record by it. A field that
    repeats holds its values with semicolons between. `title` is what stands above it where that is no column's name.
    """

    module: str
    element_group: str
    name: str
    type: str
    repeats: bool
    required_of: str
    names_record: bool
    code_list: str
    first_year: int
    last_year: int | None
    cbds_number: str
    title: str

    @property
    def written(self) -> str:
        """The column that holds what is written, in the table of the module."""
        return self.name.lower() if self.type == "text" else f"{self.name.lower()}_text"

    def is_in(self, year: int) -> bool:
        """Whether the collection of a year has the field."""
        return self.first_year <= year <= (self.last_year or year)


@functools.cache
def modules(return_id: str) -> dict[str, tuple[Field, ...]]:
    """The modules of a return, each with the fields of all years in the department's order.

    Raises:
        StatutoryError: no layout of that return is known.
    """
    found: dict[str, tuple[Field, ...]] = {}
    with (definition.of(return_id).folder / "field.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            field = Field(
                module=row["module"],
                element_group=row["element_group"],
                name=row["field"],
                type=row["type"],
                repeats=row["repeats"] == "yes",
                required_of=row["required_of"],
                names_record=row["names_record"] == "yes",
                code_list=row["code_list"],
                first_year=int(row["first_year"]),
                last_year=int(row["last_year"]) if row["last_year"] else None,
                cbds_number=row["cbds_number"],
                title=row["title"] or row["field"],
            )
            found[field.module] = (*found.get(field.module, ()), field)
    return found


LAST = "_last"


def module_of(return_id: str, table: str) -> str:
    """The module whose layout a table has: `CSWWWorker` of `CSWWWorker_last`, last year's; StatutoryError when none."""
    module = table.removesuffix(LAST)
    if module not in modules(return_id):
        raise StatutoryError(f"{return_id} has no module {table}; it has {', '.join(modules(return_id))}")
    return module


def records(return_id: str, tables: Iterable[str]) -> sql.Composed:
    """The select of whom the rows of some modules are about: one row per row, and `'', -1` for the file as a whole.

    `record` is how people know it. `record_key`, by which nights are compared, is a digest of that and of the ids.
    """
    parts: list[sql.Composable] = [
        sql.SQL(
            "select '' as module, -1::bigint as row_id, null::bigint as line, null::text as child_id,"
            " null::text as team_id, null::text as worker_id, null::text as record, '' as record_key"
        )
    ]
    for table in sorted(tables):
        naming = [
            sql.Identifier(field.name.lower())
            for field in modules(return_id)[module_of(return_id, table)]
            if field.names_record
        ]
        known_by = sql.SQL(", ").join([sql.SQL("child_id"), sql.SQL("worker_id"), sql.SQL("team_id"), *naming])
        parts.append(
            sql.SQL(
                "select {}, row_id, line, child_id, team_id, worker_id, {}, md5(concat_ws('/', {})) from {}"
            ).format(
                sql.Literal(table),
                sql.SQL("nullif(concat_ws(' ', {}), '')").format(sql.SQL(", ").join(naming)) if naming else sql.NULL,
                known_by,
                sql.Identifier(table.lower()),
            )
        )
    return sql.SQL(" union all ").join(parts)


def lay_empty(connection: Connection, return_id: str, table: str) -> None:
    """Make a module, or last year's, without a row."""
    connection.execute("create temporary table given (row_id bigint)")
    lay(connection, return_id, module_of(return_id, table), "given", table=table, temporary=True)
    connection.execute("drop table given")


def lay(connection: Connection, return_id: str, module: str, given: str, *, table: str, temporary: bool) -> None:
    """Make the table of a module as the rules see it, of a table whose columns are text.

    Each field stands under its name, typed; a number, a date or a moment that cannot be read is null, and what was
    written stands beside it in `<field>_text`. Fields and bookkeeping that are not given are null.
    """
    there = {
        name
        for (name,) in connection.execute(
            "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0", (given,)
        )
    }
    columns = [
        sql.SQL("{}::{} as {}").format(
            sql.Identifier(name) if name in there else sql.SQL("null"), sql.SQL(kind), sql.Identifier(name)
        )
        for name, kind in BOOKKEEPING.items()
    ]
    for field in modules(return_id)[module]:
        name = field.name.lower()
        if name not in there:
            kind = "timestamptz" if field.type == "timestamp" else field.type
            columns.append(sql.SQL("null::{} as {}").format(sql.SQL(kind), sql.Identifier(name)))
            text = sql.SQL("null::text")
        else:
            said = coerce.text(name)
            columns.append(sql.SQL("{} as {}").format(sql.SQL(coerce.typed(field.type, said)), sql.Identifier(name)))
            text = sql.SQL(said)
        if field.type != "text":
            columns.append(sql.SQL("{} as {}").format(text, sql.Identifier(f"{name}_text")))
    connection.execute(
        sql.SQL("create {} table {} as select {} from {}").format(
            sql.SQL("temporary" if temporary else ""),
            sql.Identifier(table.lower()),
            sql.SQL(", ").join(columns),
            sql.Identifier(given),
        )
    )
    connection.execute(sql.SQL("analyze {}").format(sql.Identifier(table.lower())))


def link(connection: Connection, return_id: str, *, suffix: str = "") -> None:
    """Fill `parent_id` of the modules below others, where they are not read from a file that nests them.

    A row belongs to the first row above it that has the same key; to none where there is no such row.
    """
    file = definition.of(return_id).xml
    for name, module in (file.modules if file else {}).items():
        if file and module.parent:
            key = [sql.Identifier(one.lower()) for one in file.key_above(name)]
            connection.execute(
                sql.SQL(
                    """
                    update {module} as part set parent_id = above.row_id
                    from (select {key}, min(row_id) as row_id from {parent} group by {key}) as above
                    where {same}
                    """
                ).format(
                    module=sql.Identifier((name + suffix).lower()),
                    parent=sql.Identifier((module.parent + suffix).lower()),
                    key=sql.SQL(", ").join(key),
                    same=sql.SQL(" and ").join(sql.SQL("part.{0} = above.{0}").format(one) for one in key),
                )
            )


def write_csv(connection: Connection, return_id: str, module: str, path: Path) -> int:
    """Write a module as CSV, values as they are written in the return; the number of its rows."""
    fields = modules(return_id)[module]
    written = [field.written for field in fields]
    rows = connection.execute(
        sql.SQL("select {} from {} order by row_id").format(
            sql.SQL(", ").join(map(sql.Identifier, written)), sql.Identifier(module.lower())
        )
    )
    return spreadsheet.write_csv(path, [field.title for field in fields], rows)
