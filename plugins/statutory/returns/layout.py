"""The layout of each return as data: its modules and fields, with the years in which the department has each.

`field.csv` in the folder of a return is the one place: the tables that the rules see come from it.
"""

import csv
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import sql

from statutory import spreadsheet
from statutory.errors import StatutoryError
from statutory.returns.definition import Return
from statutory.sources import coerce
from statutory.warehouse.connection import Connection

# Additional columns: the row number from 0, and the number of the parent row in the parent module,
# the line of a file, and the ids that the row is about.
BOOKKEEPING = {
    "row_id": "bigint", "parent_id": "bigint", "line": "bigint", "child_id": "text", "worker_id": "text",
    "team_id": "text",
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One field of a module.

    `required_of` says which records need it, `names_record` that people recognise a record by it. A field that
    repeats holds its values with semicolons between. `title` is the printed title if it differs from the name.
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
def modules(return_: Return) -> dict[str, tuple[Field, ...]]:
    """The modules of a return, each with the fields of all years in the department's order.

    Raises:
        StatutoryError: no layout of that return is known.
    """
    found: dict[str, tuple[Field, ...]] = {}
    with (return_.folder / "field.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            field = Field(
                row["module"], row["element_group"], row["field"], row["type"], row["repeats"] == "yes",
                row["required_of"], row["names_record"] == "yes", row["code_list"], int(row["first_year"]),
                int(row["last_year"]) if row["last_year"] else None, row["cbds_number"], row["title"] or row["field"],
            )  # fmt: skip
            found[field.module] = (*found.get(field.module, ()), field)
    return found


LAST = "_last"


def module_of(return_: Return, table: str) -> str:
    """The module whose layout a table has: `CSWWWorker` of `CSWWWorker_last`, last year's; StatutoryError when none."""
    module = table.removesuffix(LAST)
    if module not in modules(return_):
        raise StatutoryError(f"{return_.id} has no module {table}; it has {', '.join(modules(return_))}")
    return module


def records(return_: Return, tables: Iterable[str]) -> sql.Composed:
    """The select of the identity of rows of some modules: one row per row, and `'', -1` for the whole file.

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
            for field in modules(return_)[module_of(return_, table)]
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


def make(connection: Connection, return_: Return, tables: Sequence[str], *, temporary: bool) -> None:
    """Make modules, or last year's, as the rules see them, without a row.

    Each field has its name and type; `<field>_text` has the original text. A temporary one is kept
    where the session has it from the same return.
    """
    kept: dict[str, str | None] = {}
    if temporary:
        names = [table.lower() for table in tables]
        said = "select name, obj_description(to_regclass('pg_temp.' || quote_ident(name)), 'pg_class')"
        kept = dict(connection.execute(f"{said} from unnest(%s::text[]) as wanted (name)", (names,)).fetchall())
    for table in tables:
        if kept.get(table.lower()) != return_.id:
            connection.execute(_made(return_, table, temporary=temporary))


def _made(return_: Return, table: str, *, temporary: bool) -> sql.Composed:
    columns = dict(BOOKKEEPING)
    for field in modules(return_)[module_of(return_, table)]:
        columns[field.name.lower()] = "timestamptz" if field.type == "timestamp" else field.type
        columns[field.written] = "text"
    making = "create table {0} ({1})"
    if temporary:
        making = "drop table if exists pg_temp.{0}; create temporary table {0} ({1}); comment on table {0} is {2}"
    return sql.SQL(making).format(
        sql.Identifier(table.lower()),
        sql.SQL(", ").join(sql.SQL("{} {}").format(sql.Identifier(c), sql.SQL(k)) for c, k in columns.items()),
        sql.Literal(return_.id),
    )


def fill(
    connection: Connection, return_: Return, table: str, columns: Iterable[str], rows_from: str, *,
    values: Sequence[Any] = (),
) -> None:  # fmt: skip
    """Put rows into a module that was made.

    A number, date or time that cannot be read becomes null, and so does a missing field.

    Args:
        connection: its search path shows the module.
        return_: the return.
        table: the module, or last year's.
        columns: the columns of the rows, in lower case: fields as text, and bookkeeping.
        rows_from: the text after `from`.
        values: its parameters.
    """
    connection.execute(sql.SQL(_insert(return_, table, tuple(columns)) + rows_from), values or None)


@functools.cache
def _insert(return_: Return, table: str, columns: tuple[str, ...]) -> str:
    fields = {field.name.lower(): field for field in modules(return_)[module_of(return_, table)]}
    said: dict[str, str] = {}
    for name in columns:
        if name in BOOKKEEPING:
            said[name] = f"{name}::{BOOKKEEPING[name]}"
        else:
            said[name] = coerce.typed(fields[name].type, coerce.text(f'"{name}"'))
            said[fields[name].written] = coerce.text(f'"{name}"')
    names = ", ".join(f'"{name}"' for name in said)
    return f'insert into "{table.lower()}" ({names}) select {", ".join(said.values())} from '


def link(connection: Connection, return_: Return, *, suffix: str = "") -> None:
    """Fill `parent_id` of the modules below others, where they are not read from a file that nests them.

    A row belongs to the first row above it that has the same key; to none where there is no such row.
    """
    file = return_.xml
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


def write_csv(connection: Connection, return_: Return, module: str, path: Path) -> int:
    """Write a module as CSV, values as they are written in the return; the number of its rows."""
    fields = modules(return_)[module]
    written = [field.written for field in fields]
    rows = connection.execute(
        sql.SQL("select {} from {} order by row_id").format(
            sql.SQL(", ").join(map(sql.Identifier, written)), sql.Identifier(module.lower())
        )
    )
    return spreadsheet.write_csv(path, [field.title for field in fields], rows)
