"""Migrate a warehouse: fixed schemas by Alembic, history tables from the contract."""

import functools

from alembic import command
from alembic.config import Config
from psycopg import errors, sql
from sqlalchemy import create_engine
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.pool import NullPool

from statutory.errors import ContractError, WarehouseError
from statutory.paths import SQL
from statutory.settings import Council
from statutory.sources import contract
from statutory.sources.contract import Table
from statutory.warehouse import builder, connection, ordering, roles


def migrate(council: Council) -> None:
    """Run the missing revisions, then create new history tables and columns of the contract.

    Raises:
        WarehouseError: the user of the address may not make the roles; the statements that somebody else has to run.
    """
    config = Config()
    config.set_main_option("script_location", str(SQL / "migrations"))
    try:
        creator = functools.partial(connection.reach, council)
        with create_engine("postgresql+psycopg://", creator=creator, poolclass=NullPool).begin() as engine:
            config.attributes["connection"] = engine
            command.upgrade(config, "head")
    except ProgrammingError as error:
        if not isinstance(error.orig, errors.InsufficientPrivilege):
            raise
        raise _no_roles() from None
    with connection.connect(council) as warehouse:
        try:
            builder.make_role(warehouse)
        except errors.InsufficientPrivilege:
            raise _no_roles() from None
        _history(warehouse)
        for schema in ("history", "ops", "quality"):
            ordering.by_number(warehouse, schema)
        roles.grant_fixed(warehouse)


def _no_roles() -> WarehouseError:
    statements = " ".join(f"create role {role} nologin;" for role in (*roles.ROLES, builder.ROLE))
    return WarehouseError(
        f"this user may not make the roles of the warehouse; let an administrator of the server run: {statements}"
        f" grant {builder.ROLE} to the user of the warehouse;"
    )


def _history(warehouse: connection.Connection) -> None:
    """A new column is added as null to what is there, so no row of history is written again.

    A day that the contract makes a moment becomes midnight in London.

    Raises:
        ContractError: the contract gave a column of history another type.
    """
    there: dict[str, dict[str, str]] = {}
    for name, column, kind in warehouse.execute(
        """
        select relation.relname, attribute.attname, format_type(attribute.atttypid, attribute.atttypmod)
        from pg_class as relation
        inner join pg_attribute as attribute on attribute.attrelid = relation.oid
        where relation.relnamespace = 'history'::regnamespace and relation.relkind = 'p'
        and attribute.attnum > 0 and not attribute.attisdropped
        """
    ):
        there.setdefault(name, {})[column] = kind
    aliases = {"timestamp with time zone": "timestamptz"}
    for table in contract.tables().values():
        if not table.history:
            continue
        if table.name not in there:
            _create(warehouse, table)
            continue
        for name, wanted in _columns(table).items():
            kind = there[table.name].get(name)
            if kind is None:
                warehouse.execute(
                    sql.SQL("alter table {} add column {} {}").format(
                        sql.Identifier("history", table.name), sql.Identifier(name), sql.SQL(wanted)
                    )
                )
            elif (kind, wanted) == ("date", "timestamptz"):
                # Views of the nights that stand go on reading the day; what is built from now on reads the moment.
                warehouse.execute(
                    sql.SQL(
                        "alter table {0} rename column {1} to {2}; alter table {0} add column {1} timestamptz;"
                        " update {0} set {1} = {2}::timestamp at time zone 'Europe/London' where {2} is not null"
                    ).format(sql.Identifier("history", table.name), sql.Identifier(name), sql.Identifier(f"{name}_day"))
                )
            elif aliases.get(kind, kind) != wanted:
                raise ContractError(f"history.{table.name}.{name} is {kind}, the contract says {wanted}")


def _columns(table: Table) -> dict[str, str]:
    """The columns of a table's rows in history, each with its type."""
    return {column.name: column.sql_type for column in table.columns} | {contract.AS_WRITTEN: "jsonb"}


def _create(warehouse: connection.Connection, table: Table) -> None:
    key = sql.SQL(", ").join(map(sql.Identifier, table.key))
    columns = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind + (" not null" if name in table.key else "")))
        for name, kind in _columns(table).items()
    )
    warehouse.execute(
        sql.SQL(
            """
            create table {parent} (
                {columns}, seen_from date not null, seen_to date not null default 'infinity'
            ) partition by range (seen_to);
            create table {current} partition of {parent} for values from ('infinity') to (maxvalue);
            create table {closed} partition of {parent} for values from (minvalue) to ('infinity');
            alter table {current} add primary key ({key});
            create unique index on {closed} ({key}, seen_to);
            create index on {closed} (seen_to);
            """
        ).format(
            parent=sql.Identifier("history", table.name),
            current=sql.Identifier("history", f"{table.name}_current"),
            closed=sql.Identifier("history", f"{table.name}_closed"),
            columns=columns,
            key=key,
        )
    )
