"""What a night stores of its indicators: values, members, open records, limits of chance and the worklist."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from psycopg import errors

from statutory.errors import WarehouseError
from statutory.indicators import again, breakdown, definition, disclosure, values
from statutory.indicators import members as member_sql
from statutory.indicators.definition import Indicator
from statutory.night import Night, use_night
from statutory.warehouse import builder, comments, ordering
from statutory.warehouse.connection import Connection
from statutory.warehouse.lanes import side_by_side

# The tables that a night stores for its indicators, and their grains.
RESULT_RELATIONS = {
    "indicator_value": "one row per indicator, view, period, breakdown, part and figure",
    "public_value": "one row per indicator, view, period of its first kind and figure of the whole council",
    "indicator_member": "one row per indicator, view, newest period and member",
    "indicator_open": "one row per indicator with a clock and open record, overdue or due next",
    "indicator_limit": "one row per indicator and view: the limits within which its series varies by chance",
    "clock_scope": "one row per indicator with a clock: the number of its records, and of those it can count",
    "left_out": "one row per indicator with a clock and record that it cannot count, with the reason",
    "worklist": "one row per indicator and record that is overdue or due within five working days",
}
RESULTS = """
create table indicator_value (
    indicator_id text not null, view text not null, period_kind text not null, period_start date not null,
    period_end date not null, as_at date not null, breakdown text not null, part text, numerator numeric,
    denominator numeric, state text, figure text not null, value numeric, is_headline boolean not null,
    unique nulls not distinct (indicator_id, view, period_kind, period_end, breakdown, part, figure)
);
create table public_value (
    indicator_id text not null, view text not null, period_kind text not null, period_start date not null,
    period_end date not null, as_at date not null, numerator numeric, denominator numeric, state text,
    figure text not null, value numeric, is_hidden boolean not null,
    primary key (indicator_id, view, period_end, figure)
);
create table indicator_member (
    indicator_id text not null, view text not null, period_kind text not null, period_end date not null,
    member_key text not null, child_id text, worker_id text, team_id text, numerator numeric, denominator numeric,
    measure numeric, due_date date, bands text[],
    primary key (indicator_id, view, period_kind, period_end, member_key)
);
create table indicator_open (
    indicator_id text not null, member_key text not null, child_id text, worker_id text, team_id text,
    start_date date not null, due_date date not null, is_past_target boolean not null, over numeric,
    primary key (indicator_id, member_key)
);
create table indicator_limit (
    indicator_id text not null, view text not null, period_kind text not null, points bigint not null,
    mean numeric not null, lower_limit numeric not null, upper_limit numeric not null, signal text,
    primary key (indicator_id, view)
);
create table clock_scope (indicator_id text primary key, records bigint not null, counted bigint not null);
create table left_out (
    indicator_id text not null, member_key text not null, child_id text, worker_id text, team_id text,
    reason text not null,
    primary key (indicator_id, member_key)
);
create table worklist (
    indicator_id text not null, member_key text not null, child_id text, worker_id text, team_id text,
    due_date date not null, working_days_left integer not null,
    primary key (indicator_id, member_key)
);
"""
# Indicators about other indicators read these.
RESULTS += f"grant select on {', '.join(RESULT_RELATIONS)} to {builder.ROLE};"
# The statement with the indicator's select writes them.
RESULTS += f"grant insert on indicator_value, indicator_member to {builder.ROLE}"

# Months between points of each kind of period, so that no two points overlap.
SEPARATE = {"snapshot": 1, "month": 1, "three_months": 3}
LEAST_POINTS = 12  # with fewer points, no limits
AHEAD = 5  # working days
RUN = 8  # consecutive points on one side of the mean that are a signal


def keep(night: Night, indicators: Iterable[Indicator], *, known_on: date | None = None) -> int:
    """Write a night's results into its schema in one transaction; the rows of `indicator_value`.

    Values of 36 monthly points in whole and by team, of the newest whole period and the one so far by every breakdown;
    the members of these; what each clock leaves open. The transaction's search path is on the night. For an earlier
    day, values are as at that day and as known on the night.
    """
    indicators = list(indicators)
    night.connection.execute(RESULTS)
    # The night's schema, or the session's temporary schema.
    ((schema,),) = night.connection.execute(
        "select relnamespace::regnamespace::text from pg_class where oid = 'indicator_value'::regclass"
    )
    ordering.by_number(night.connection, schema)
    if schema == night.schema:
        comments.write(night, schema, only=RESULT_RELATIONS)
    _get_ready(night, known_on)
    first, last = _in_order(indicators)
    for indicator in (*first, *last):
        _keep_one(night, indicator, known_on)
    return _finish(night, indicators)


def keep_side_by_side(night: Night, indicators: Iterable[Indicator]) -> int:
    """Write a built night's results by several connections at once, each indicator in one; as `keep` otherwise.

    It replaces what an interrupted run left. Until it has finished the tables are incomplete, but nobody sees them,
    because the night is published later. It commits.
    """
    indicators = list(indicators)
    first, last = _in_order(indicators)
    use_night(night)
    try:
        night.connection.execute("; ".join(f"drop table if exists {relation}" for relation in RESULT_RELATIONS))
    except errors.DependentObjectsStillExist:
        raise WarehouseError(f"the night {night.day} is published: to rebuild it, start at the step build") from None
    night.connection.execute(RESULTS)
    ordering.by_number(night.connection, night.schema)
    comments.write(night, night.schema, only=RESULT_RELATIONS)
    again.fill(night)
    night.connection.commit()

    def ready(connection: Connection) -> None:
        lane = replace(night, connection=connection)
        use_night(lane)
        _get_ready(lane, None)

    side_by_side(
        night.council, first, lambda opened, one: _keep_one(replace(night, connection=opened), one, None), ready=ready
    )
    ready(night.connection)
    for indicator in last:
        _keep_one(night, indicator, None)
    rows = _finish(night, indicators)
    night.connection.commit()
    return rows


def _in_order(indicators: Iterable[Indicator]) -> tuple[list[Indicator], list[Indicator]]:
    """Split indicators into those about records and those about other indicators, which run last."""
    found: tuple[list[Indicator], list[Indicator]] = ([], [])
    for indicator in indicators:
        found[not indicator.file.reads.isdisjoint(RESULT_RELATIONS)].append(indicator)
    return found


def _get_ready(night: Night, known_on: date | None) -> None:
    days = {values.newest_end(kind, night.day) for kind in definition.PERIOD_KINDS}
    values.fill_period(night.connection, [values.point("snapshot", day, known_on or night.day) for day in sorted(days)])
    breakdown.fill_child_state(night.connection)


def _keep_one(night: Night, indicator: Indicator, known_on: date | None) -> None:
    """Write one indicator's results."""
    known = known_on or night.day
    newest = values.newest_points(indicator.periods, night.day, known)
    older = [
        values.point(kind, end, known)
        for kind in indicator.periods
        for end in values.month_ends(night.day)
        if values.is_complete(kind, end)
    ]
    values.fill_period(night.connection, list(dict.fromkeys((*older, *newest))))
    if indicator.unit:
        values.date_clock_rows(night.connection, indicator)
        if values.supplied(night.connection, indicator):
            _keep_left_out(night, indicator)
    for view in indicator.views:
        values.keep(night.connection, indicator, view, newest)
    if indicator.unit and values.supplied(night.connection, indicator):
        values.fill_period(night.connection, [values.point(indicator.periods[0], night.day, known)])
        night.connection.execute(
            f"""
            insert into indicator_open
            select '{indicator.id}', member_key, child_id, worker_id, team_id, start_date, due_date,
                is_past_target, over
            from ({member_sql.open_items(indicator)}) as open_row
            """
        )


def _keep_left_out(night: Night, indicator: Indicator) -> None:
    """The records in `clock_row` that a clock cannot count, with a reason, and the number of all its records."""
    night.connection.execute("drop table if exists pg_temp.clock_scope_row")
    night.connection.execute(
        """
        create temp table clock_scope_row on commit drop as
        select
            clock_row.member_key, min(clock_row.child_id) as child_id, min(clock_row.worker_id) as worker_id,
            min(clock_row.team_id) as team_id,
            case when count(counted_row.member_key) = 0 or bool_and(counted_row.start_date > %(night)s) then min(
                case
                    when clock_row.start_date is null then 'no start'
                    when clock_row.stop_date < clock_row.start_date or clock_row.stop_at < clock_row.start_at
                        then 'stop before start'
                    when clock_row.start_date > %(night)s then 'start after the night'
                    when clock_row.ended_date is null then 'no date due'
                    else 'ended before it was due'
                end
            ) end as reason
        from pg_temp.clock_row
        left join pg_temp.counted_row on counted_row.member_key = clock_row.member_key
        where clock_row.member_key is not null
        group by clock_row.member_key
        """,
        {"night": night.day},
    )
    night.connection.execute(
        "insert into clock_scope select %s, count(*), count(*) filter (where reason is null)"
        " from pg_temp.clock_scope_row",
        (indicator.id,),
    )
    night.connection.execute(
        "insert into left_out select %s, member_key, child_id, worker_id, team_id, reason"
        " from pg_temp.clock_scope_row where reason is not null",
        (indicator.id,),
    )


def _finish(night: Night, indicators: Sequence[Indicator]) -> int:
    disclosure.fill(night.connection, indicators)
    keep_limits(night.connection, indicators)
    keep_worklist(night)
    night.connection.execute("; ".join(f"analyze {relation}" for relation in RESULT_RELATIONS))
    return int(night.connection.execute("select count(*) from indicator_value").fetchall()[0][0])


def keep_limits(connection: Connection, indicators: Iterable[Indicator]) -> None:
    """The limits of an individuals chart (XmR) on each series of separate points: mean and 2.66 mean moving ranges.

    The signal says what is not chance: the newest point outside the limits, or eight running on one side of the mean.
    """
    series = [
        (one.id, kind, one.main_figures[0], SEPARATE[kind])
        for one in indicators
        for kind in [next((kind for kind in SEPARATE if kind in one.periods), None)]
        if kind
    ]
    connection.execute(
        """
        insert into indicator_limit
        with series as (
            select * from unnest(%s::text[], %s::text[], %s::text[], %s::int[])
                as series (indicator_id, period_kind, figure, step)
        ),
        point as (
            select indicator_value.indicator_id, indicator_value.view, indicator_value.period_kind,
                indicator_value.value, indicator_value.figure = 'percent' as is_percent, series.step,
                row_number() over (
                    partition by indicator_value.indicator_id, indicator_value.view
                    order by indicator_value.period_end desc
                ) as number
            from series
            inner join indicator_value using (indicator_id, period_kind, figure)
            where indicator_value.breakdown = 'whole'
        ),
        apart as (
            select point.*,
                abs(value - lag(value) over (partition by indicator_id, view order by number desc)) as moved
            from point
            where (number - 1) %% step = 0 and value is not null
        ),
        chance as (
            select indicator_id, view, period_kind, bool_or(is_percent) as is_percent, count(*) as points,
                avg(value) as mean, 2.66 * avg(moved) as reach, min(value) >= 0 as is_never_below_nought,
                (array_agg(value order by number))[1] as newest,
                (array_agg(value order by number))[1:%s] as newest_ones
            from apart group by indicator_id, view, period_kind
            having count(*) >= %s
        )
        select indicator_id, view, period_kind, points, mean,
            case when is_never_below_nought then greatest(0, mean - reach) else mean - reach end,
            case when is_percent then least(100, mean + reach) else mean + reach end,
            case
                when newest > mean + reach then 'above the limits'
                when newest < mean - reach then 'below the limits'
                when mean < all (newest_ones) then 'eight running above the mean'
                when mean > all (newest_ones) then 'eight running below the mean'
            end
        from chance
        """,
        (*map(list, zip(*series, strict=True)), RUN, LEAST_POINTS),
    )


def keep_worklist(night: Night) -> None:
    """Records that are overdue or due within five working days, from clocks and from snapshots with a due date.

    A record without a worker belongs to the child's case holder.
    """
    night.connection.execute(
        """
        insert into worklist
        with waiting as (
            select indicator_id, member_key, child_id, worker_id, team_id, due_date from indicator_open
            union all
            select indicator_id, member_key, child_id, worker_id, team_id, due_date from indicator_member
            where period_kind = 'snapshot' and due_date is not null
        )
        select waiting.indicator_id, waiting.member_key, waiting.child_id,
            coalesce(waiting.worker_id, allocated_worker.professional_id),
            coalesce(waiting.team_id, allocated_worker.team_id), waiting.due_date,
            due_day.working_day_no - today.working_day_no
        from waiting
        inner join calendar_day as due_day on due_day.day = waiting.due_date
        inner join calendar_day as today on today.day = %(night)s
        left join allocated_worker
            on allocated_worker.child_id = waiting.child_id
            and allocated_worker.first_day <= %(night)s
            and (allocated_worker.last_day is null or allocated_worker.last_day >= %(night)s)
        where waiting.due_date < %(night)s or due_day.working_day_no - today.working_day_no <= %(ahead)s
        """,
        {"night": night.day, "ahead": AHEAD},
    )
