"""Indicator values for any list of points in one pass, in whole and by breakdown."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from psycopg import errors, sql

from statutory.errors import WarehouseError
from statutory.indicators import breakdown
from statutory.indicators import members as member_sql
from statutory.indicators.definition import OF_WHOLE_MONTHS, SO_FAR, Indicator, parts
from statutory.warehouse import builder
from statutory.warehouse.connection import Connection

Point = tuple[str, date, date, date]  # period_kind, period_start, period_end, as_at
MONTHS = 36
CENSUS_DAYS = [date(year, 9, 30) for year in range(2014, 2100)]  # of the children's social work workforce census
TERMS = (1, 4, 9)  # school statistics count the spring, summer and autumn terms from the first of these months
NO_SOURCE = "no source"


def is_complete(kind: str, period_end: date) -> bool:
    """Whether a period that ends on a day is complete; one of whole months ends with its last month."""
    following = period_end + timedelta(days=1)
    if kind == "term":
        return following.day == 1 and following.month in TERMS
    return kind not in OF_WHOLE_MONTHS or following.day == 1


def newest_end(kind: str, night: date) -> date:
    """The last day of the newest period of a kind that is complete on a night."""
    return next(end for end in reversed(month_ends(night)) if is_complete(kind, end))


def newest_points(kinds: Iterable[str], night: date, known_on: date) -> list[Point]:
    """The newest complete period of each kind on a night, and separately the current incomplete one."""
    ends = [(kind, end) for kind in kinds for end in dict.fromkeys((newest_end(kind, night), night))]
    return [point(kind, end, known_on) for kind, end in ends]


def point(kind: str, period_end: date, night: date) -> Point:
    """One point of a series; its first day is by convention K09, six months with both ends included.

    An incomplete period is of the kind "so far".
    """
    start = {
        "snapshot": period_end,
        "month": period_end.replace(day=1),
        "three_months": (period_end - relativedelta(months=2)).replace(day=1),
        "ninety_days": period_end - timedelta(days=89),
        "term": period_end.replace(month=max(month for month in TERMS if month <= period_end.month), day=1),
        "six_months": period_end - relativedelta(months=6),
        "year": period_end - relativedelta(months=12) + timedelta(days=1),
        "three_years": period_end - relativedelta(months=36) + timedelta(days=1),
    }[kind]
    return kind if is_complete(kind, period_end) else kind + SO_FAR, start, period_end, min(period_end, night)


def month_ends(last: date, months: int = MONTHS) -> list[date]:
    """The given day and the month ends before it, oldest first; `months` of them in all."""
    first_of_month = last.replace(day=1)
    return [first_of_month - relativedelta(months=n) - timedelta(days=1) for n in range(months - 2, -1, -1)] + [last]


def values(
    connection: Connection, indicators: Iterable[Indicator], points: Iterable[Point], *, by: str | None = None
) -> list[dict[str, Any]]:
    """One row per indicator, view, point, figure and, where a breakdown is asked, part; the path says which night.

    Points of a kind that an indicator does not have are skipped. `value` is null if the denominator is 0,
    and with the state "no source" if the council does not supply a table that the indicator needs.
    """
    rows: list[dict[str, Any]] = []
    points = list(points)
    if by in breakdown.OF_CHILDREN:
        fill_period(connection, points)
        breakdown.fill_child_state(connection)
    for indicator in indicators:
        if not fill_period(connection, [p for p in points if p[0].removesuffix(SO_FAR) in indicator.periods]):
            continue
        if indicator.unit:
            date_clock_rows(connection, indicator)
        for view in indicator.views:
            select_members(connection, indicator, view, has_clock_rows=True)
            asked = (by,) if by and by in breakdown.of(indicator) else ()
            found = connection.execute(
                figures(indicator, asked)
                + sql.SQL(" order by period_kind, period_end, breakdown <> 'whole', part, figure.number")
            )
            rows += [_row(indicator, view, *row) for row in found]
    return rows


def date_clock_rows(connection: Connection, indicator: Indicator) -> None:
    """Fill the temporary tables `clock_row` and `counted_row`, from which a clock's views are made."""
    connection.execute("drop table if exists pg_temp.clock_row, pg_temp.counted_row")
    run(connection, indicator, f"create temp table clock_row on commit drop as {member_sql.clock_rows(indicator)}")
    run(connection, indicator, f"create temp table counted_row on commit drop as {member_sql.counted_rows(indicator)}")
    connection.execute("analyze pg_temp.counted_row")


def select_members(connection: Connection, indicator: Indicator, view: str, *, has_clock_rows: bool = False) -> None:
    """Fill the temporary table `member` with one view's members over the relation `period`; empty without a source.

    A clock's rows are selected first, unless the caller has done so for this indicator.
    """
    connection.execute("drop table if exists pg_temp.member")
    if indicator.unit and not has_clock_rows:
        date_clock_rows(connection, indicator)
    run(connection, indicator, f"create temp table member on commit drop as {_with_member(connection, indicator, view)}"
        " select * from member")  # fmt: skip


def _with_member(connection: Connection, indicator: Indicator, view: str) -> str:
    return f"with {member_sql.member(indicator, view, is_supplied=supplied(connection, indicator))}"


def keep(connection: Connection, indicator: Indicator, view: str, newest: list[Point]) -> None:
    """Write one view's values at every point of `period` into `indicator_value`, the members of `newest` beside them.

    Every point has values in whole and by team, the newest ones by every breakdown. One statement calculates
    everything, so the members of older points are never stored.
    """
    breakdowns = breakdown.of(indicator)
    by_team = (breakdown.TEAM,) if breakdown.TEAM in breakdowns else ()
    of_children = tuple(name for name in breakdowns if name != breakdown.TEAM)
    parts_of_newest: sql.Composable = sql.SQL("")
    if of_children:
        parts_of_newest = sql.SQL(" union all select * from ({}) as of_newest where breakdown <> 'whole'").format(
            figures(indicator, of_children, of="newest_member")
        )
    kinds, ends = [point[0] for point in newest], [point[2] for point in newest]
    statement = sql.SQL(
        """
        {with_member},
        newest_member as materialized (
            select member.* from member
            inner join unnest({kinds}::text[], {ends}::date[]) as newest (period_kind, period_end)
                using (period_kind, period_end)
        ),
        kept as (insert into indicator_member select {id}, {columns} from newest_member)
        insert into indicator_value
        select {id}, {view}, period_kind, period_start, period_end, as_at, breakdown,
            part, numerator, denominator, state, figure, value, number = 0 and period_kind = {first_kind}
        from (select * from ({whole_and_teams}) as of_all{parts_of_newest}) as found
        """
    ).format(
        with_member=sql.SQL(_with_member(connection, indicator, view)),
        kinds=sql.Literal(kinds), ends=sql.Literal(ends), id=sql.Literal(indicator.id), view=sql.Literal(view),
        columns=sql.SQL(", ").join(map(sql.Identifier, member_sql.COLUMNS)),
        first_kind=sql.Literal(indicator.periods[0]),
        whole_and_teams=figures(indicator, by_team), parts_of_newest=parts_of_newest,
    )  # fmt: skip
    run(connection, indicator, statement)


def supplied(connection: Connection, indicator: Indicator) -> bool:
    """Whether the council supplies every table that the indicator needs."""
    absent = connection.execute(
        "select 1 from source_table where table_name = any(%s) and not is_supplied", (list(indicator.needs),)
    )
    return absent.fetchone() is None


def run(connection: Connection, indicator: Indicator, statement: str | sql.Composed) -> None:
    """Run a statement around an indicator's select; WarehouseError names its file where PostgreSQL refuses it."""
    try:
        composed = sql.Composed([sql.SQL(statement)]) if isinstance(statement, str) else statement
        builder.run(connection, indicator.file, composed)
    except errors.Error as error:
        # The server's text may contain a value; error code and file name are enough to find the error.
        raise WarehouseError(f"{indicator.file.label} failed in PostgreSQL with {error.sqlstate}") from None


def fill_period(connection: Connection, points: list[Point]) -> int:
    """Make the temporary relation `period` of the given points; their number."""
    connection.execute("drop table if exists pg_temp.period")
    connection.execute(
        "create temp table period (period_kind text, period_start date, period_end date, as_at date) on commit drop"
    )
    with connection.cursor() as cursor:
        cursor.executemany("insert into pg_temp.period values (%s, %s, %s, %s)", points)
    connection.execute("analyze pg_temp.period")
    return len(points)


# What a figure is calculated from, for each member.
OF_MEMBERS = ("member_key", "child_id", "worker_id", "team_id", "numerator", "denominator", "measure", "bands")

# The periods with the population of the year (convention K13) for rates, and the factor that annualises the count of a
# part of a year; a count of one day is not annualised.
POINTS = """
select
    period.*,
    own_population.children as population,
    case
        when period.period_start = period.period_end or period.period_end - period.period_start >= 364 then 1
        else 365.0 / (period.period_end - period.period_start + 1)
    end as year_share
from period
left join own_population
    on own_population.first_day <= period.period_end
    and (own_population.last_day is null or own_population.last_day >= period.period_end)
"""


def denominator(indicator: Indicator) -> str:
    """The denominator as an expression over member rows; for a rate, the population."""
    return "max(population)" if "rate" in indicator.main_figures else "sum(denominator)"


def figures(indicator: Indicator, by: tuple[str, ...], *, of: str = "member") -> sql.Composed:
    """Over `period` and the members in `of`: a row per point and figure in whole, and one per part of `by`.

    A point without members also has its row in whole. Parts have only the main figures, and no rate, because their
    population is unknown. Each row is counted in its own band, so the number of bands does not matter for speed.
    """
    names = [name for name in indicator.figures if name not in indicator.bands]
    columns = [sql.Identifier(name) for name in by]
    which: sql.Composable = sql.SQL("'whole'")
    part: sql.Composable = sql.SQL("null")
    if by:
        which = sql.SQL("case {} else 'whole' end").format(
            sql.SQL(" ").join(
                sql.SQL("when grouping({}) = 0 then {}").format(column, sql.Literal(name))
                for name, column in zip(by, columns, strict=True)
            )
        )
        part = sql.SQL("coalesce({})").format(sql.SQL(", ").join(columns)) if len(by) > 1 else columns[0]
    of_members = [sql.Identifier(name) for name in (*OF_MEMBERS, *by)]
    listed = sql.SQL(", ").join
    return sql.SQL(
        """
        with pointed as (
            select period_kind, period_end, {which} as breakdown, {part} as part,
                {worked_out}, count(member_key) as members
            from (
                select period_kind, period_end, {of_members},
                    null::numeric as population, null::numeric as year_share, null::date as as_at
                from ({described}) as member
                union all
                select period_kind, period_end, {nobody}, population, year_share, as_at from ({points}) as point
            ) as counted
            group by period_kind, period_end, grouping sets ({grouped})
        ),
        figure as (
            select period_kind, period_end, breakdown, part, members,
                figure.number, figure.name, figure.value, figure.numerator, figure.denominator, figure.is_of_parts
            from pointed
            cross join lateral (values {turned})
                as figure (number, name, value, numerator, denominator, is_of_parts)
            {bands}
        )
        select period_kind, period.period_start, period_end, period.as_at, breakdown, part, numerator, denominator,
            case when absent.is_absent then {no_source} end as state,
            figure.name as figure,
            case when not absent.is_absent then figure.value end as value,
            figure.number
        from figure
        inner join period using (period_kind, period_end)
        cross join (
            select coalesce(bool_or(not source_table.is_supplied), false) as is_absent
            from source_table
            where source_table.table_name = any({needs})
        ) as absent
        where breakdown = 'whole' or (members > 0 and figure.is_of_parts)
        """
    ).format(
        which=which, part=part, worked_out=sql.SQL(", ".join(_worked_out(indicator.figures[name], n)
            for n, name in enumerate(names))),
        of_members=listed(of_members), nobody=listed(sql.SQL("null") for _ in of_members),
        described=breakdown.described(by, of), points=sql.SQL(POINTS),
        grouped=listed([sql.SQL("()"), *(sql.SQL("({})").format(column) for column in columns)]),
        turned=listed(
            sql.SQL("({}, {}, {}, {})").format(
                sql.Literal(n), sql.Literal(name), sql.SQL(f"figure_{n}, numerator_{n}, denominator_{n}"),
                sql.Literal(name in indicator.main_figures and name != "rate"),
            )
            for n, name in enumerate(names)
        ),
        bands=_bands(indicator, len(names), of), no_source=sql.Literal(NO_SOURCE),
        needs=sql.Literal(list(indicator.needs)),
    )  # fmt: skip


def _worked_out(figure: str, number: int) -> str:
    """A figure and what it is made of, as columns."""
    numerator, denominator = (part or "null" for part in parts(figure))
    return (
        f"{figure} as figure_{number}, ({numerator})::numeric as numerator_{number},"
        f" ({denominator})::numeric as denominator_{number}"
    )


def _bands(indicator: Indicator, first: int, of: str) -> sql.Composable:
    """The figures of the bands in whole, numbered from `first`; an empty band has no members."""
    if not indicator.bands:
        return sql.SQL("")
    return sql.SQL(
        """
        union all
        select pointed.period_kind, pointed.period_end, breakdown, part, members,
            band.number + {first}, band.name, coalesce(banded.figure_0, nobody.figure_0),
            coalesce(banded.numerator_0, nobody.numerator_0),
            coalesce(banded.denominator_0, nobody.denominator_0), false
        from pointed
        cross join unnest({names}::text[]) with ordinality as band (name, number)
        cross join (select {figure} from {members} as member where false) as nobody
        left join (
            select period_kind, period_end, band, {figure}
            from {members} as member
            cross join lateral ({in_band}) as of_member
            group by period_kind, period_end, band
        ) as banded
            on banded.period_kind = pointed.period_kind
            and banded.period_end = pointed.period_end
            and banded.band = band.name
        where pointed.breakdown = 'whole'
        """
    ).format(
        first=sql.Literal(first - 1),
        members=sql.Identifier(of),
        names=sql.Literal(list(indicator.bands)),
        # A row has one band unless the select returns several, which may include duplicates.
        in_band=sql.SQL(
            "select distinct unnest(member.bands) as band"
            if "bands" in indicator.columns
            else "select member.bands[1] as band"
        ),
        figure=sql.SQL(_worked_out(indicator.band_figure, 0)),
    )


def _row(indicator: Indicator, view: str, *found: Any) -> dict[str, Any]:
    kind, start, end, as_at, which, part, numerator, denominator, state, figure, value, _ = found
    return {
        "indicator": indicator.id, "title": indicator.title, "view": view, "period_kind": kind, "period_start": start,
        "period_end": end, "as_at": as_at, "breakdown": which, "part": part, "numerator": plain(numerator),
        "denominator": plain(denominator), "figure": figure, "value": plain(value), "state": state,
    }  # fmt: skip


def plain(value: Decimal | None) -> Decimal | None:
    """The number without trailing zeros, so that 1.000000 and 1 read alike."""
    return None if value is None else value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()
