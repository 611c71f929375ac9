"""What still holds of an earlier night: the points of a series at which no member changed since.

Where nothing that an indicator reads changed, all of it still holds. Where the members of a child follow from that
child's rows (`by_child`) and relations that speak of no child are as they were, it is enough to work out for both
nights the members of the children whose rows changed, who are few: a point at which they are the same keeps the values
that the earlier night has. So that this is not taken on trust, one child in a hundred is worked out too, others every
night: the newest point is always worked out whole, and there these children must have the members that their rows
alone gave.
"""

import functools
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlglot
from psycopg import sql

from statutory.indicators import breakdown, by_child, values
from statutory.indicators.definition import Indicator
from statutory.sources import contract
from statutory.sqlfile import SqlFile
from statutory.warehouse.build import marts
from statutory.warehouse.connection import Connection, connect
from statutory.warehouse.lanes import side_by_side
from statutory.warehouse.nights import built_nights, night_schema

# What the runner reads for any indicator, beside what its select names.
ALWAYS = frozenset({"team", "own_population", "parameter", "calendar_day", "code", "translation"})


SIDES = ("before", "after")
LOOKED_AT = 100  # one child in so many


class AcrossChildrenError(Exception):
    """The members of some children do not follow from these children's rows."""


@dataclass(frozen=True)
class Earlier:
    """An earlier night to carry over from.

    `same` are the relations that are as they were. `by_child` are those of which the rows of all children concerned
    are in `schema`, as `before_<relation>` and `after_<relation>`; its table `changed` has a row per relation and
    child, and one without a relation per child that is looked at anyhow.
    """

    night: date
    schema: str
    same: frozenset[str]
    by_child: frozenset[str]


def made_by(indicator: Indicator) -> str:
    """The digest of what works an indicator's values out: its file, and the code of this package."""
    return hashlib.sha256((indicator.file.sha256 + _code()).encode()).hexdigest()


@functools.cache
def _code() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@contextmanager
def earlier(indicators: Iterable[Indicator], night: date) -> Iterator[Earlier | None]:
    """The newest night before this one that has values, with what changed since; none where there is none.

    The rows that it needs stand in a schema of their own until the end of the block.
    """
    schema = f"{night_schema(night)}_carried"
    with connect() as opened:
        before = _newest_before(opened, night)
        opened.execute(sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(schema)))
        if before:
            opened.execute(sql.SQL("create schema {}").format(sql.Identifier(schema)))
            opened.execute(
                sql.SQL("create table {} (relation text, child_id text)").format(sql.Identifier(schema, "changed"))
            )
            opened.execute(
                sql.SQL(
                    "insert into {} select null, child_id from {} where hashtextextended(child_id, {}) %% %s = 0"
                ).format(
                    sql.Identifier(schema, "changed"),
                    sql.Identifier(night_schema(night), "child"),
                    sql.Literal(night.toordinal()),
                ),
                (LOOKED_AT,),
            )
    if not before:
        yield None
        return
    try:
        yield _compared(list(indicators), night, before, schema)
    finally:
        with connect() as opened:
            opened.execute(sql.SQL("drop schema {} cascade").format(sql.Identifier(schema)))


def carry(
    connection: Connection,
    indicator: Indicator,
    points: list[values.Point],
    night: date,
    earlier: Earlier,
    *,
    newest: list[values.Point],
) -> set[values.Point]:
    """Take the values of the points at which nothing changed from the earlier night; these points, `newest` left out.

    The search path is on the night. What `check` compares is left in temporary tables.
    """
    for view in indicator.views:
        connection.execute(sql.SQL("drop table if exists {}, {}").format(*(_alone(side, view) for side in SIDES)))
    there = _there(connection, indicator, earlier)
    same = {point for point in points if point in there} - set(newest)
    if same and not _reads(indicator) <= earlier.same:
        if not _is_by_child(indicator, earlier):
            return set()
        same -= _touched(connection, indicator, points, night, earlier)
    if same:
        _fetch(connection, indicator, same, earlier)
    return same


def check(connection: Connection, indicator: Indicator, view: str, night: date) -> None:
    """Compare the newest `member` of the children concerned with what their rows alone gave.

    Raises:
        AcrossChildrenError: they differ.
    """
    if not connection.execute("select to_regclass(%s)", (f"pg_temp.after_{view}",)).fetchall()[0][0]:
        return
    differ = connection.execute(
        sql.SQL(
            """
            with whole as (
                select member.* from pg_temp.member as member
                where
                    member.period_end = {night}
                    and (member.child_id is null or member.child_id in (select child_id from pg_temp.concerned))
            ),
            alone as (select * from {after} where period_end = {night})
            select 1
            from ((table whole except all table alone) union all (table alone except all table whole)) as differing
            limit 1
            """
        ).format(night=sql.Literal(night), after=_alone("after", view))
    )
    if differ.fetchone():
        raise AcrossChildrenError


def _alone(side: str, view: str) -> sql.Identifier:
    """The members that the children concerned have by their own rows, of a view and one of the nights."""
    return sql.Identifier("pg_temp", f"{side}_{view}")


def _reads(indicator: Indicator) -> frozenset[str]:
    """The relations of a night that an indicator rests on; the periods asked for are none."""
    return (indicator.reads | ALWAYS) - {"period"}


def _newest_before(connection: Connection, night: date) -> date | None:
    for one in reversed(built_nights(connection)):
        if one < night:
            ((made,),) = connection.execute(
                "select to_regclass(%s)", (f"{night_schema(one)}.indicator_definition",)
            ).fetchall()
            return one if made else None
    return None


def _there(connection: Connection, indicator: Indicator, earlier: Earlier) -> set[values.Point]:
    """The points of which the earlier night has values made in the same way, from the same tables."""
    path = sql.Identifier(night_schema(earlier.night))
    found = connection.execute(
        sql.SQL(
            """
            select distinct period_kind, period_start, period_end, as_at
            from {path}.indicator_value
            where
                indicator_id = %(id)s and breakdown = 'whole'
                and exists (
                    select 1 from {path}.indicator_definition where indicator_id = %(id)s and sha256 = %(sha256)s
                )
                and not exists (
                    select 1
                    from source_table
                    inner join {path}.source_table as earlier using (table_name)
                    where table_name = any(%(needs)s) and source_table.is_supplied <> earlier.is_supplied
                )
            """
        ).format(path=path),
        {"id": indicator.id, "sha256": made_by(indicator), "needs": list(indicator.needs)},
    )
    return set(found)


def _is_by_child(indicator: Indicator, earlier: Earlier) -> bool:
    """Whether its members can be worked out child by child, and what is of no child is as it was."""
    return _reads(indicator) <= earlier.same | earlier.by_child and follows_by_child(indicator.file)


@functools.cache
def _record_keys() -> dict[str, str]:
    return {mart.name: key[0] for mart in marts() if len(key := mart.header["key"]) == 1}


def follows_by_child(file: SqlFile) -> bool:
    """Whether the members of a child follow from that child's rows."""
    return by_child.is_by_child(sqlglot.parse_one(file.select, read="postgres"), child_column, _record_keys().get)


def _touched(
    connection: Connection, indicator: Indicator, points: list[values.Point], night: date, earlier: Earlier
) -> set[values.Point]:
    """The points at which the members of the children concerned are others than in the earlier night."""
    reads = sorted(indicator.reads & earlier.by_child)
    connection.execute("drop table if exists pg_temp.concerned")
    connection.execute(
        sql.SQL(
            "create temp table concerned on commit drop as"
            " select distinct child_id from {} where (relation is null or relation = any({})) and child_id is not null"
        ).format(sql.Identifier(earlier.schema, "changed"), sql.Literal(reads))
    )
    connection.execute("analyze pg_temp.concerned")
    for side, of_night in zip(SIDES, (earlier.night, night), strict=True):
        values.pin(connection, of_night)
        for relation in reads:
            connection.execute(
                sql.SQL(
                    "create temp view {} as select * from {} where {column} is null or {column} in"
                    " (select concerned.child_id from pg_temp.concerned)"
                ).format(
                    sql.Identifier(relation), sql.Identifier(earlier.schema, f"{side}_{relation}"),
                    column=sql.Identifier(child_column(relation) or ""),
                )
            )  # fmt: skip
        values.fill_period(connection, points)
        if indicator.unit:
            values.look_at(connection, indicator)
        for view in indicator.views:
            values.gather(connection, indicator, view, is_looked_at=True)
            connection.execute(
                sql.SQL("alter table pg_temp.member rename to {}").format(sql.Identifier(f"{side}_{view}"))
            )
        for relation in reads:
            connection.execute(sql.SQL("drop view pg_temp.{}").format(sql.Identifier(relation)))
    touched: set[tuple[str, date]] = set()
    for view in indicator.views:
        touched |= set(
            connection.execute(
                sql.SQL(
                    """
                    select distinct period_kind, period_end from (
                        (table {before} except all table {after}) union all (table {after} except all table {before})
                    ) as differing
                    """
                ).format(**{side: _alone(side, view) for side in SIDES})
            )
        )
    return {point for point in points if (point[0], point[2]) in touched}


def _fetch(connection: Connection, indicator: Indicator, points: set[values.Point], earlier: Earlier) -> None:
    connection.execute(
        sql.SQL(
            """
            insert into indicator_value
            select earlier.* from {}.indicator_value as earlier
            inner join unnest(%s::text[], %s::date[]) as point (period_kind, period_end) using (period_kind, period_end)
            where earlier.indicator_id = %s and earlier.breakdown in ('whole', %s)
            """
        ).format(sql.Identifier(night_schema(earlier.night))),
        ([point[0] for point in points], [point[2] for point in points], indicator.id, breakdown.TEAM),
    )


def _compared(indicators: list[Indicator], night: date, before: date, schema: str) -> Earlier:
    """What is as it was, and of what is not, the rows of the children concerned."""
    reads = frozenset().union(*map(_reads, indicators))
    keys = {mart.name: tuple(mart.header["key"]) for mart in marts()}
    with connect() as opened:
        columns = _columns(opened, night, before)
    comparable = [relation for relation, both in columns.items() if relation in reads and len(set(both)) == 1]
    same: set[str] = set()

    def compare(connection: Connection, relation: str) -> None:
        names = [sql.Identifier(name) for name, _ in columns[relation][0]]
        statement = _difference(relation, names, keys.get(relation), night, before)
        child = child_column(relation)
        found = connection.execute(
            sql.SQL("insert into {} select distinct {}, {} from ({}) as differing").format(
                sql.Identifier(schema, "changed"), sql.Literal(relation),
                sql.Identifier(child) if child else sql.SQL("null"), statement,
            )
        )  # fmt: skip
        if not found.rowcount:
            same.add(relation)

    def restrict(connection: Connection, relation: str) -> None:
        for side, of_night in zip(SIDES, (before, night), strict=True):
            table = sql.Identifier(schema, f"{side}_{relation}")
            connection.execute(
                sql.SQL(
                    "create unlogged table {} as select * from {} where {column} is null"
                    " or {column} in (select child_id from {} where child_id is not null)"
                ).format(
                    table, sql.Identifier(night_schema(of_night), relation), sql.Identifier(schema, "changed"),
                    column=sql.Identifier(child_column(relation) or ""),
                )
            )  # fmt: skip
            connection.execute(sql.SQL("analyze {}").format(table))

    side_by_side(comparable, compare)
    by_child = [relation for relation in comparable if child_column(relation)]
    # Of tables this small a rough picture is enough, and quicker made.
    side_by_side(by_child, restrict, ready=lambda opened: opened.execute("set default_statistics_target = 10"))
    return Earlier(before, schema, frozenset(same), frozenset(by_child))


@functools.cache
def _child_columns() -> dict[str, str]:
    found = {table.name: table.persons[0] for table in contract.tables().values() if len(table.persons) == 1}
    return found | {mart.name: "child_id" for mart in marts() if "child_id" in mart.columns}


def child_column(relation: str) -> str | None:
    """The column that says which child a row of a source table or mart is of; none where it speaks of no one child."""
    return _child_columns().get(relation)


def _columns(connection: Connection, *nights: date) -> dict[str, list[tuple[tuple[str, str], ...]]]:
    """The columns, with their types, of every relation that both nights have, in each; the largest relation first."""
    found: dict[str, list[tuple[tuple[str, str], ...]]] = {}
    for relation, names, types in connection.execute(
        """
        select
            pg_class.relname,
            array_agg(attname::text order by attnum),
            array_agg(format_type(atttypid, atttypmod) order by attnum)
        from pg_attribute
        inner join pg_class on pg_class.oid = pg_attribute.attrelid and pg_class.relkind in ('r', 'v')
        where attnum > 0 and not attisdropped and relnamespace::regnamespace::text = any(%s)
        group by pg_class.oid
        order by max(reltuples) desc
        """,
        ([night_schema(night) for night in nights],),
    ):
        found.setdefault(relation, []).append(tuple(zip(names, types, strict=True)))
    return {relation: columns for relation, columns in found.items() if len(columns) == len(nights)}


def _difference(
    relation: str, columns: list[sql.Identifier], key: tuple[str, ...] | None, night: date, before: date
) -> sql.Composed:
    """The select of the rows, of either night, that differ; of a source table those whose version began or ended."""
    listed = sql.SQL(", ").join
    there, here = (sql.Identifier(night_schema(one), relation) for one in (before, night))
    if relation in contract.tables():
        return sql.SQL(
            "select {} from {} where (seen_from > {before} and seen_from <= {night})"
            " or (seen_to > {before} and seen_to <= {night})"
        ).format(
            listed(columns), sql.Identifier("history", relation), before=sql.Literal(before), night=sql.Literal(night)
        )
    if key is None:
        return sql.SQL(
            "(table {there} except all table {here}) union all (table {here} except all table {there})"
        ).format(there=there, here=here)
    # A row in place of another is both.
    return sql.SQL(
        """
        select either.*
        from {there} as there
        full join {here} as here on {same_key}
        cross join lateral (select there.* union all select here.*) as either
        where ({of_there}) is distinct from ({of_here})
        """
    ).format(
        there=there, here=here,
        same_key=sql.SQL(" and ").join(
            sql.SQL("there.{0} = here.{0}").format(sql.Identifier(name)) for name in key
        ),
        of_there=listed(sql.SQL("there.{}").format(name) for name in columns),
        of_here=listed(sql.SQL("here.{}").format(name) for name in columns),
    )  # fmt: skip
