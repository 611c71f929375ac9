"""Who may read what: grants on the fixed schemas, and the views that analysts and readers of a night see.

Five roles without a login, made by a migration; people get a login and one of them. `statutory_owner` may do
everything, `statutory_loader` writes what a night writes, `statutory_identified` reads nights with names,
`statutory_analyst` reads nights through views without a name, `statutory_reader` the published totals alone.

Which columns are personal the contract says. Views leave them out, except that dates of birth and death show the month.
The ids of children and of their records are pseudonyms, as a record's id may be made of the child's: one id has one
pseudonym, in every table and every night of this warehouse. Rows come in the order of the pseudonyms, since the stored
order may be that of the ids; a barrier keeps an analyst's own functions behind that order.
"""

import re
from collections.abc import Collection
from datetime import date

from psycopg import sql

from statutory.night import Night, night_schema
from statutory.postgres import is_there, let_read
from statutory.sources import contract
from statutory.sources.contract import Column
from statutory.warehouse import builder, comments
from statutory.warehouse.build import marts
from statutory.warehouse.connection import Connection
from statutory.warehouse.nights import set_aside

ROLES = ("statutory_owner", "statutory_loader", "statutory_analyst", "statutory_identified", "statutory_reader")
_, LOADER, ANALYST, IDENTIFIED, READER = map(sql.Identifier, ROLES)


# Columns of marts and results with an id; ids of staff and of the organisation are shown.
_ID = re.compile(r"(^|_)(id|ids|key|keys)$")
_OF_STAFF = re.compile(r"(team|worker|professional|post|indicator|inspection|finding|absence)_id$")
_SOURCES_OF_STAFF = frozenset({"hr", "agency", "reference"})
PERSONS = contract.PERSON[0]


def grant_fixed(connection: Connection) -> None:
    """Grants on the schemas that are there whatever the night; they can be given again."""
    connection.execute(
        """
        grant usage, create on schema history, ops, quality, published to statutory_owner;
        grant all on all tables in schema history, ops, quality to statutory_owner;
        grant usage on schema history, ops, quality to statutory_loader;
        grant select, insert, update, delete on all tables in schema history, ops, quality to statutory_loader;
        revoke insert, update, delete on ops.salt from statutory_loader;
        grant usage on all sequences in schema ops to statutory_loader;
        """
    )
    ((database,),) = connection.execute("select current_database()")
    connection.execute(
        sql.SQL(
            "grant create, temporary on database {0} to {1}, statutory_owner; grant temporary on database {0} to {2}"
        ).format(sql.Identifier(database), LOADER, sql.Identifier(builder.ROLE))
    )
    # `server.py` closes Airflow's database and the scratch database to everybody.
    connection.execute(
        sql.SQL("revoke connect on database {} from public; grant connect on database {} to {}").format(
            sql.Identifier(database), sql.Identifier(database), sql.SQL(", ").join(map(sql.Identifier, ROLES))
        )
    )
    if connection.execute("select from pg_roles where rolname = current_user and rolsuper").fetchone() is not None:
        connection.execute("grant pg_use_reserved_connections to statutory_owner, statutory_loader")


def analyst_schema(night: date) -> str:
    """The schema of a night as analysts see it; table names are those of the night."""
    return f"{night_schema(night)}_analyst"


def open_night(night: Night) -> int:
    """Make the analysts' views of a built night and grant both kinds of reading; the number of views."""
    views = sql.Identifier(analyst_schema(night.day))
    if is_there(night.connection, analyst_schema(night.day)):
        set_aside(night.connection, analyst_schema(night.day))
    night.connection.execute(sql.SQL("create schema {}").format(views))
    made = analyst_views(night, analyst_schema(night.day))
    let_read(night.connection, night.schema, IDENTIFIED)
    return made


def analyst_views(night: Night, target: str) -> int:
    """Make a view without names on each relation of a night in the schema `target`, for analysts; their number."""
    relations = _relations(night)
    headers = {mart.name: mart.header for mart in marts(night.council.local)}
    for name, columns in relations.items():
        personal = headers.get(name, {}).get("personal", ())
        children = [column for column in columns if _is_child(name, column)] if PERSONS in relations else []
        shown = [
            found
            for column, kind in columns.items()
            if (found := _shown(name, column, kind=kind, personal=personal, births=len(children)))
        ]
        by = next((column for column, kind in columns.items() if kind == "text" and _is_hidden_id(name, column)), None)
        joins = [
            sql.SQL(" left join {} as {} on {}.pers_person_id = seen.{}").format(
                sql.Identifier(night.schema, PERSONS), born, born, sql.Identifier(column)
            )
            for number, column in enumerate(children)
            for born in [_born(number)]
        ]
        night.connection.execute(
            sql.SQL("create view {} with (security_barrier) as select {} from {} as seen{}{}").format(
                sql.Identifier(target, name),
                sql.SQL(", ").join(shown),
                sql.Identifier(night.schema, name),
                sql.SQL("").join(joins),
                sql.SQL(" order by {}").format(sql.Identifier(by)) if by else sql.SQL(""),
            )
        )
    let_read(night.connection, target, ANALYST)
    comments.write(night, target)
    return len(relations)


def reader_views(night: Night, target: str) -> None:
    """Make a view of what anybody may see of a night in the schema `target`, for readers."""
    night.connection.execute(
        sql.SQL("create view {} as select * from {}").format(
            sql.Identifier(target, "indicator_value"), sql.Identifier(night.schema, "public_value")
        )
    )
    let_read(night.connection, target, READER)
    comments.write(night, target, is_public=True)


def pseudonym(column: sql.Composable) -> sql.Composed:
    """The pseudonym that analysts see in the place of an identifier, worked out of a column of a query."""
    # The sub-select is worked out once a query, so a pseudonym costs one hash.
    return sql.SQL(
        "left(encode(sha256(convert_to((select salt.value from ops.salt) || {}, 'UTF8')), 'hex'), 16)"
    ).format(column)


def _relations(night: Night) -> dict[str, dict[str, str]]:
    """The relations of a night, of each the type of every column."""
    found = night.connection.execute(
        """
        select relation.relname, attribute.attname, attribute.atttypid::regtype::text
        from pg_class as relation
        inner join pg_attribute as attribute on attribute.attrelid = relation.oid and attribute.attnum > 0
        where relation.relnamespace = to_regnamespace(%s) and relation.relkind in ('r', 'v')
        and not attribute.attisdropped
        order by relation.relname, attribute.attnum
        """,
        (night.schema,),
    )
    relations: dict[str, dict[str, str]] = {}
    for relation, column, kind in found:
        relations.setdefault(relation, {})[column] = kind
    return relations


def _shown(table: str, column: str, *, kind: str, personal: Collection[str], births: int) -> sql.Composable | None:
    """The expression of a column in an analyst's view; None if it is left out.

    `personal` are the identifying columns in a mart's header; `births` is of how many children the view
    knows when they were born.
    """
    name = sql.Identifier(column)
    known = _of_contract(table, column)
    # The row key is of any table, so perhaps a child's id.
    if column == "row_key" or (known.personal if known else column in personal):
        return sql.SQL("date_trunc('month', seen.{0})::date as {0}").format(name) if kind == "date" else None
    if kind in ("text", "text[]") and _is_hidden_id(table, column):
        return _pseudonym(name) if kind == "text" else _pseudonyms(name)
    if kind in ("date", "timestamp with time zone") and births:
        return _but_no_birthday(name, kind, births)
    return sql.SQL("seen.{}").format(name)


def _is_child(table: str, column: str) -> bool:
    """Whether a column names a child."""
    return column in contract.table(table).persons if table in contract.tables() else column == "child_id"


def _of_contract(table: str, column: str) -> Column | None:
    known = contract.tables().get(table)
    return known.column(column) if known and column in known.column_names else None


def _is_hidden_id(table: str, column: str) -> bool:
    """Whether a column holds ids of children or of records that may be theirs."""
    if column == "row_key" or _OF_STAFF.search(column):
        return False
    if known := _of_contract(table, column):
        is_id = known.identifies in ("record", "person") and not known.personal
        return is_id and contract.table(table).source not in _SOURCES_OF_STAFF
    return bool(_ID.search(column))


def _pseudonym(name: sql.Identifier) -> sql.Composed:
    return sql.SQL("{} as {}").format(pseudonym(sql.SQL("seen.{}").format(name)), name)


def _pseudonyms(name: sql.Identifier) -> sql.Composed:
    each = sql.SQL("array(select {} from unnest(seen.{}) as one (id))").format(pseudonym(sql.Identifier("id")), name)
    return sql.SQL("case when seen.{1} is not null then {0} end as {1}").format(each, name)


def _but_no_birthday(name: sql.Identifier, kind: str, births: int) -> sql.Composed:
    """A date on or next to a birthday of the child becomes the first of its month; other dates are unchanged.

    Care, plans and rights begin and end with birthdays, so their days would tell the day of birth.
    """
    day = sql.SQL("(seen.{} at time zone 'Europe/London')::date" if kind != "date" else "seen.{}").format(name)
    is_near = sql.SQL(" or ").join(
        sql.SQL(
            "abs({0} - ({1}.pers_dob + make_interval(years => (extract(year from {0})"
            " - extract(year from {1}.pers_dob))::int))::date) in (0, 1, 364, 365, 366)"
        ).format(day, _born(number))
        for number in range(births)
    )
    return sql.SQL(
        "case when isfinite({day}) and ({is_near}) then date_trunc('month', seen.{name})::{kind} else seen.{name} end"
        " as {name}"
    ).format(day=day, is_near=is_near, name=name, kind=sql.SQL(kind))


def _born(number: int) -> sql.Identifier:
    return sql.Identifier(f"born_{number}")
