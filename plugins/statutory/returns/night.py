"""Rule failures of a return built from a night: one row per failure with its first and last night."""

from collections import Counter

from psycopg import sql

from statutory.night import Night
from statutory.returns import layout
from statutory.returns.definition import Collection
from statutory.returns.rules import Outcome, rules_of, run

OF = "night = %s and return_id = %s and period = %s"
# The failures of a return on a night.
OPEN = "return_id = %(return)s and period = %(period)s and %(night)s between first_seen and last_seen"
_NEXT_TO = """
select max(night) filter (where night < %(night)s), min(night) filter (where night > %(night)s)
from quality.rule_result where return_id = %(return)s and period = %(period)s
"""
_PART = f"""
with parted as (delete from quality.rule_failure where {OPEN} returning *)
insert into quality.rule_failure
select
    return_id, period, rule, module, field, record_key, first_seen, %(before)s, child_id, team_id, worker_id
from parted where first_seen < %(night)s
union all
select
    return_id, period, rule, module, field, record_key, %(after)s, last_seen, child_id, team_id, worker_id
from parted where last_seen > %(night)s
"""
_JOIN = """
with found as (
    select
        finding.rule, finding.module, finding.field, about.child_id, about.team_id, about.worker_id,
        about.record_key || '#' || row_number() over (
            partition by finding.rule, finding.module, finding.field, about.record_key order by finding.row_id
        ) as record_key
    from rule_finding as finding
    inner join ({}) as about on about.module = finding.module and about.row_id = finding.row_id
),
touched as (
    delete from quality.rule_failure as failure using found
    where failure.return_id = %(return)s and failure.period = %(period)s and failure.rule = found.rule
    and failure.module = found.module and failure.field = found.field and failure.record_key = found.record_key
    and (failure.last_seen = %(before)s or failure.first_seen = %(after)s)
    returning failure.rule, failure.module, failure.field, failure.record_key, failure.first_seen, failure.last_seen
)
insert into quality.rule_failure
select
    %(return)s, %(period)s, rule, module, field, record_key,
    least(min(touched.first_seen), %(night)s), greatest(max(touched.last_seen), %(night)s),
    found.child_id, found.team_id, found.worker_id
from found
left join touched using (rule, module, field, record_key)
group by rule, module, field, record_key, found.child_id, found.team_id, found.worker_id
"""


def check_return(night: Night, chosen: Collection, records: int) -> list[Outcome]:
    """Run the rules of the year on a built return, to which the search path points, and keep what they found.

    A failure is the same as that of another night when rule, module, field and whom it is about (kept as a digest) are
    the same. A failure lasts as long as consecutive checks of its year find it. The same night checked
    again gives the same rows, and leaves what other nights found.
    """
    outcomes = list(run(night.connection, rules_of(chosen.return_, chosen.period.year, night.council.local).values()))
    of = (night.day, chosen.return_id, chosen.period.label)
    for table in ("rule_result", "readiness"):
        night.connection.execute(f"delete from quality.{table} where {OF}", of)
    with night.connection.cursor() as cursor:
        cursor.executemany(
            "insert into quality.rule_result values (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [(*of, o.rule.id, o.rule.severity, o.state, o.not_run, o.failures, o.seconds) for o in outcomes],
        )
    keep_failures(night, chosen)
    if chosen.due:
        _readiness(night, chosen, outcomes, records)
    return outcomes


def keep_failures(night: Night, chosen: Collection) -> None:
    """Merge the failures in `rule_finding` of `rules.run` with those of earlier and later nights.

    First remove the night from existing rows, splitting those that span it; then extend the rows that touch it.
    """
    of = {"night": night.day, "return": chosen.return_id, "period": chosen.period.label}
    ((before, after),) = night.connection.execute(_NEXT_TO, of).fetchall()
    there = night.connection.execute("select distinct module from rule_finding where module <> ''")
    about = layout.records(chosen.return_, (module for (module,) in there))
    for statement in (sql.SQL(_PART), sql.SQL(_JOIN).format(about)):
        night.connection.execute(statement, of | {"before": before, "after": after})


def _readiness(night: Night, chosen: Collection, outcomes: list[Outcome], records: int) -> None:
    counts: Counter[str] = Counter()
    for outcome in outcomes:
        counts[outcome.rule.severity] += outcome.failures
    night.connection.execute(
        """
        insert into quality.readiness
        select %(night)s, %(return)s, %(period)s, %(provisional)s, %(records)s, %(errors)s, %(queries)s, %(not_run)s,
            before.errors, before.queries, %(due)s, %(due)s - %(night)s::date
        from (select 1) as one
        left join lateral (
            select errors, queries from quality.readiness
            where return_id = %(return)s and period = %(period)s and night < %(night)s
            order by night desc limit 1
        ) as before on true
        """,
        {
            "night": night.day, "return": chosen.return_id, "period": chosen.period.label, "records": records,
            "provisional": night.day < chosen.period.last_day, "errors": counts["error"], "queries": counts["query"],
            "not_run": sum(outcome.not_run is not None for outcome in outcomes), "due": chosen.due,
        },
    )  # fmt: skip
