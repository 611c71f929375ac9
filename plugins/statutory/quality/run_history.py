"""Run history: what a night knows about earlier nights, as tables that data quality indicators read.

It comes from `ops`, `quality` and the stored nights, as known before the night, so that a rebuilt night is the same.
"""

from datetime import date, timedelta

from psycopg import sql

from statutory.night import Night, night_schema
from statutory.postgres import is_there
from statutory.sources import contract
from statutory.warehouse.nights import built_nights

RELATIONS = {
    "source_change": "one row per supplied source table: the time of its newest change",
    "return_check": "one row per return, collection year and night before this one on which its rules ran: the records",
    "rule_failure_before": "one row per return, collection year, rule, field, record and unbroken run of nights before"
    " this one on which the record failed the rule: the first night, the first night without it, whether it was mended",
    "night_ready": "one row per night before this one, since nights are made on time: hours after midnight at which it"
    " was ready, null when it never was",
    "value_before": "one row per month end of the last three whose night is kept, indicator, view, period and figure:"
    " the value as it was known then",
    "rerun_value": "one row per value drawn from a kept night of a month's end: the value kept, and made again now",
    "submitted_record": "one row per return and record of it, as it was submitted last for a period that had ended",
}
MONTHS_BACK = 3

TABLES = """
create table source_change (table_name text primary key, source text not null, changed_at timestamptz);
create table return_check (
    return_id text, period text, night date, records bigint not null,
    primary key (return_id, period, night)
);
create table rule_failure_before (
    return_id text, period text, rule text, module text, field text, row_key text, first_seen date,
    severity text not null, child_id text, worker_id text, team_id text, last_seen date not null, gone_on date,
    is_mended boolean not null,
    primary key (return_id, period, rule, module, field, row_key, first_seen)
);
create table night_ready (night date primary key, ready_hours numeric);
create table value_before (
    night date, indicator_id text, view text, period_kind text, figure text, value numeric,
    primary key (night, indicator_id, view, period_kind, figure)
);
create table rerun_value (
    night date, indicator_id text, view text, period_kind text, period_end date, figure text, kept_value numeric,
    value_again numeric, is_same boolean not null,
    primary key (night, indicator_id, view, period_kind, period_end, figure)
);
create table submitted_record (
    return_id text, period text, last_day date not null, module text, row_id bigint, record jsonb not null,
    primary key (return_id, module, row_id)
);
"""


_ACCEPTED = """
    select distinct on (load.table_name) load.table_name, load.batch_id
    from source_table
    inner join ops.load on load.table_name = source_table.table_name and load.night = source_table.accepted_night
    order by load.table_name, load.batch_id desc
"""
# Rows that differ under one key were all quarantined; exact duplicates keep one row.
_DOUBLED = f"""
insert into doubled_row
with accepted as ({_ACCEPTED})
select
    quarantine.table_name, quarantine.row_key,
    case when quarantine.table_name = any(%(children)s) then quarantine.row_key end,
    count(*) - bool_or(quarantine.reason = 'rows differ under one key')::integer
from accepted
inner join quality.quarantine on quarantine.batch_id = accepted.batch_id
where quarantine.row_key is not null and quarantine.reason <> 'no usable key'
group by quarantine.table_name, quarantine.row_key
"""
_CHANGE = f"""
insert into source_change
with accepted as ({_ACCEPTED})
select source_table.table_name, source_table.source, batch.newest_change
from source_table
inner join accepted on accepted.table_name = source_table.table_name
inner join ops.batch on batch.batch_id = accepted.batch_id
where not batch.is_shipped
"""
_CHECK = """
insert into return_check
select return_id, period, night, records from quality.readiness where night < %(night)s
"""
# A failure ends on the next night on which the return was checked, for any year: a year that is no longer
# checked has no open failures. It counts as corrected if the rule ran for its year that night.
_SPELL = """
insert into rule_failure_before
with seen as (
    select
        failure.return_id, failure.period, failure.rule, failure.module, failure.field, failure.record_key,
        failure.first_seen, least(failure.last_seen, last_check.night) as last_seen,
        failure.child_id, failure.worker_id, failure.team_id
    from quality.rule_failure as failure
    inner join (
        select return_id, period, max(night) as night from quality.rule_result where night < %(night)s
        group by return_id, period
    ) as last_check
        on last_check.return_id = failure.return_id and last_check.period = failure.period
    where failure.first_seen < %(night)s
),
checked as (
    select
        result.return_id, result.night,
        lead(result.night) over (partition by result.return_id order by result.night) as next_night
    from (select distinct return_id, night from quality.rule_result where night < %(night)s) as result
)
select
    seen.return_id, seen.period, seen.rule, seen.module, seen.field, seen.record_key, seen.first_seen,
    coalesce(result.severity, 'error'), seen.child_id, seen.worker_id, seen.team_id, seen.last_seen,
    checked.next_night, coalesce(later.state <> 'not run', false)
from seen
left join checked on checked.return_id = seen.return_id and checked.night = seen.last_seen
left join quality.rule_result as result
    on result.night = seen.last_seen and result.return_id = seen.return_id
    and result.period = seen.period and result.rule = seen.rule
left join quality.rule_result as later
    on later.night = checked.next_night and later.return_id = seen.return_id
    and later.period = seen.period and later.rule = seen.rule
"""
# Archived nights are made long after they were; from the first night that was begun on the day after it, each counts.
_READY = """
insert into night_ready
with run as (
    select
        night, started_at, (night + 1)::timestamp at time zone 'Europe/London' as midnight,
        case when state = 'succeeded' then finished_at end as ready_at
    from ops.run
    where night < %(night)s
),
first as (
    select min(night) as night from run where (started_at at time zone 'Europe/London')::date <= night + 1
)
select day.day::date, round(extract(epoch from min(run.ready_at - run.midnight)) / 3600, 3)
from first
cross join generate_series(first.night::timestamp, %(night)s::date - interval '1 day', interval '1 day') as day (day)
left join run on run.night = day.day::date
group by day.day
"""


def fill(night: Night) -> None:
    """Make what `ops` and `quality` say, as it was known before the night, into its tables."""
    night.connection.execute(TABLES)
    children = [t.name for t in contract.tables().values() if t.history and len(t.key) == 1 and t.key[0] in t.persons]
    night.connection.execute(_DOUBLED, {"children": children})
    for statement in (_CHANGE, _CHECK, _SPELL, _READY):
        night.connection.execute(statement, {"night": night.day})
    _submitted(night)
    _values_before(night)


def _submitted(night: Night) -> None:
    """Fill `submitted_record` from the newest submission of each return for a period that ended by the night."""
    newest = night.connection.execute(
        "select distinct on (return_id) return_id, period, last_day from ops.submission where last_day <= %s"
        " order by return_id, last_day desc",
        (night.day,),
    ).fetchall()
    for return_id, period, last_day in newest:
        schema = f"submitted_{return_id}_{period}"
        for (module,) in night.connection.execute(
            "select relname from pg_class where relnamespace = to_regnamespace(%s) and relkind = 'r'", (schema,)
        ).fetchall():
            night.connection.execute(
                sql.SQL(
                    "insert into submitted_record select {}, {}, {}, {}, row_id, to_jsonb(record) from {} as record"
                ).format(*map(sql.Literal, (return_id, period, last_day, module)), sql.Identifier(schema, module))
            )


def kept_month_ends(night: Night) -> list[date]:
    """The ends of months before a night that are kept with their indicators, oldest first."""
    return [
        day
        for day in built_nights(night.connection)
        if day < night.day
        and (day + timedelta(days=1)).day == 1
        and is_there(night.connection, night_schema(day), "indicator_value")
    ]


def _values_before(night: Night) -> None:
    """Fill `value_before` from the nights that are kept."""
    for day in kept_month_ends(night)[-MONTHS_BACK:]:
        if day >= night.day - timedelta(days=31 * MONTHS_BACK):
            night.connection.execute(
                sql.SQL(
                    "insert into value_before select {}, indicator_id, view, period_kind, figure, value from {}"
                    " where breakdown = 'whole' and period_end = {}"
                ).format(sql.Literal(day), sql.Identifier(night_schema(day), "indicator_value"), sql.Literal(day))
            )
