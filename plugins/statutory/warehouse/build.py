"""A night as a schema: one view per source table, and the marts as keyed, analysed tables.

The schema is made anew in one transaction, so a night is either as it was or whole. Nothing in it holds a run number, a
batch number or a clock time: the same night made twice is the same.
"""

import csv
import time
from pathlib import Path

from psycopg import errors, sql

from statutory import sqlfile
from statutory.errors import SqlFileError, WarehouseError
from statutory.linkage import suggestion
from statutory.night import Night
from statutory.paths import SQL
from statutory.postgres import use
from statutory.sources import contract
from statutory.sqlfile import SqlFile
from statutory.warehouse import builder, ordering
from statutory.warehouse.connection import Connection
from statutory.warehouse.nights import ASIDE, set_aside

MART_HEADER = ("title", "grain", "key", "sources")
# What each column means; the columns that identify a person, such as a birth date.
MART_OPTIONAL = ("columns", "personal")
# Code lists with a return's own wording: the codes are the wording, the aliases are codes of other lists.
TRANSLATIONS = "_text."

# Tables that the runners make, in addition to source tables and marts, and their grains.
RUNNER_RELATIONS = {
    "period": "one row per requested period: its kind, first and last day, and as-at date",
    "code": "one row per code list and code: its label",
    "translation": "one row per code list in a return's wording and code of ours: the wording for it",
    "source_table": "one row per source table: whether it is supplied, the night of its rows, what was read and kept",
    "link_suggestion": "one row per professional without a link by number: a likely worker by name, day and team",
    "shipped_parameter": "one row per name and first day of the shipped standards",
}


SOURCE_TABLE = """
create table source_table (
    table_name text primary key, source text not null, is_supplied boolean not null, accepted_night date,
    is_shipped boolean, rows_read bigint, rows_kept bigint, rows_quarantined bigint, values_rejected bigint,
    checks_failed bigint, sha256 text
)
"""


def marts(local: Path) -> list[SqlFile]:
    """Every mart, each after those it reads, those of the council's own folder among them."""
    return sqlfile.ordered(
        sqlfile.folder("mart", local, MART_HEADER, MART_OPTIONAL), contract.tables().keys() | RUNNER_RELATIONS.keys()
    )


def fill_codes(connection: Connection) -> None:
    """Make `code` and `translation` of the code lists."""
    connection.execute(
        "create table code (code_list text, code text, label text not null, primary key (code_list, code));"
        " create table translation (code_list text, said text, code text not null, primary key (code_list, said))"
    )
    lists = contract.code_lists().items()
    rows = {
        "code": [(name, code.code, code.label) for name, codes in lists for code in codes],
        "translation": [
            (name, said, code.code)
            for name, codes in lists
            if TRANSLATIONS in name
            for code in codes
            for said in dict.fromkeys((code.code, *code.aliases))
        ],
    }
    for table, found in rows.items():
        with connection.cursor() as cursor, cursor.copy(f"copy {table} from stdin") as copy:
            for row in sorted(found):
                copy.write_row(row)


def fill_shipped_parameter(connection: Connection) -> None:
    """Make `shipped_parameter` of what the product ships as `local_parameter`."""
    connection.execute(
        "create table shipped_parameter (name text, valid_from date, valid_to date, value text not null,"
        " primary key (name, valid_from))"
    )
    with (
        (SQL / "ref" / "local_parameter.csv").open(encoding="utf-8", newline="") as file,
        connection.cursor() as cursor,
    ):
        cursor.executemany(
            "insert into shipped_parameter"
            " values (%(name)s, %(valid_from)s, nullif(%(valid_to)s, '')::date, %(value)s)",
            list(csv.DictReader(file)),
        )


def build_night(night: Night) -> dict[str, int]:
    """Make the schema of a night: views, codes, marts. Returns built from it before go, as they are stale.

    Returns:
        The rows of each mart.

    Raises:
        SqlFileError: a mart's key is not unique; the mart and its key are named, never a value.
        WarehouseError: nothing was loaded up to that night.
    """
    if not night.connection.execute("select 1 from ops.load where night <= %s limit 1", (night.day,)).fetchone():
        raise WarehouseError(f"nothing is loaded for {night.day} or before it")
    _make_way(night)
    night.connection.execute(sql.SQL("create schema {}").format(sql.Identifier(night.schema)))
    use(night.connection, night.schema)
    for table in contract.tables().values():
        if table.history:
            night.connection.execute(
                sql.SQL("create view {} as select {} from {} where seen_from <= {} and seen_to > {}").format(
                    sql.Identifier(table.name),
                    sql.SQL(", ").join(map(sql.Identifier, (*table.column_names, contract.AS_WRITTEN))),
                    sql.Identifier("history", table.name),
                    sql.Literal(night.day),
                    sql.Literal(night.day),
                )
            )
    fill_codes(night.connection)
    fill_shipped_parameter(night.connection)
    suggestion.make(night.connection)
    suggestion.fill(night)
    _fill_source_table(night)
    made = marts(night.council.local)
    ordering.by_number(night.connection, night.schema)
    builder.show(night.connection, night.schema)
    night.connection.execute("delete from ops.build where night = %s", (night.day,))
    return {mart.name: make_table(night, mart, name=mart.name, key=mart.header["key"]) for mart in made}


def _fill_source_table(night: Night) -> None:
    """Make `source_table`: for each table of the contract whether it is supplied, of which night its rows are, counts.

    A source that failed stands with its last accepted night; a table that its source's last accepted extract did not
    have is not supplied.
    """
    night.connection.execute(SOURCE_TABLE)
    with night.connection.cursor() as cursor:
        cursor.executemany(
            """
            insert into source_table
            select %(table)s, %(source)s, load.night is not null, load.night, batch.is_shipped, load.rows_read,
                load.rows_kept, load.rows_quarantined, load.values_rejected,
                case when load.night is not null then (
                    select count(*) from quality.expectation_result as result
                    where result.batch_id = load.batch_id and not result.passed
                ) end,
                batch.sha256
            from (select max(night) as night from ops.load where source = %(source)s and night <= %(night)s) as accepted
            left join lateral (
                select * from ops.load
                where load.table_name = %(table)s and load.night = accepted.night
                order by load.batch_id desc limit 1
            ) as load on true
            left join ops.batch on batch.batch_id = load.batch_id
            """,
            [
                {"table": t.name, "source": t.source, "night": night.day}
                for t in contract.tables().values()
                if t.history
            ],
        )


def _make_way(night: Night) -> None:
    """Rename a night's schema and everything built from it; this waits for no reader.

    What analysts see of it stays, and reads what was set aside until the night is opened again.
    """
    schema = night.schema
    for (name,) in night.connection.execute(
        "select nspname from pg_namespace where nspname ~ ('^' || %s || '(_|$)') and nspname !~ %s"
        " and nspname <> %s || '_analyst'",
        (schema, ASIDE, schema),
    ).fetchall():
        set_aside(night.connection, name)


def make_table(night: Night, file: SqlFile, *, name: str, key: list[str], label: str | None = None) -> int:
    """Make a keyed, analysed table of what a file selects, and its row in `ops.build`; the rows of the table.

    Raises:
        SqlFileError: the key is not unique and present, the file and its key are named, never a value; or the select
            does more than to read.
        WarehouseError: PostgreSQL refuses the select.
    """
    table = sql.Identifier(name)
    started = time.monotonic()
    try:
        making = sql.SQL("create table {} as select * from ").format(table) + builder.made_of(file)
        rows = builder.run(night.connection, file, making + sql.SQL(" as selected"))
    except errors.Error as error:
        # The server's text may show a value; its code and the file are enough to look.
        raise WarehouseError(f"{file.label} failed in PostgreSQL with {error.sqlstate}") from None
    builder.own(night.connection, table)
    try:
        night.connection.execute(
            sql.SQL("alter table {} add primary key ({})").format(table, sql.SQL(", ").join(map(sql.Identifier, key)))
        )
    except (errors.UniqueViolation, errors.NotNullViolation):
        raise SqlFileError(f"{file.label}: the key {', '.join(key)} is not unique and present") from None
    ((schema,),) = night.connection.execute("select current_schema()")
    ordering.by_number(night.connection, schema)
    night.connection.execute(sql.SQL("analyze {}").format(table))
    night.connection.execute(
        """
        insert into ops.build (night, name, file, sha256, rows, seconds) values (%s, %s, %s, %s, %s, %s)
        on conflict (night, name) do update set
            file = excluded.file, sha256 = excluded.sha256, rows = excluded.rows, seconds = excluded.seconds,
            built_at = excluded.built_at
        """,
        (night.day, label or name, file.label, file.sha256, rows, time.monotonic() - started),
    )
    return rows
