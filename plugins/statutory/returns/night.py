"""What the rules find in a return built from a night: kept with the night on which each failure was first seen."""

from collections import Counter
from datetime import date

from psycopg import sql

from statutory.returns import layout
from statutory.returns.build import AS_AT, Collection
from statutory.returns.rules import Outcome, rules_of, run
from statutory.warehouse.connection import Connection

OF = "night = %s and return_id = %s and collection_year = %s"


def check_return(connection: Connection, chosen: Collection, night: date, records: int) -> list[Outcome]:
    """Run the rules of the year on a built return, to which the search path points, and keep what they found.

    A failure is the same as last time's when rule, module, field and whom it is about (kept as a digest) are the same.
    The same night checked again gives the same rows.
    """
    outcomes = list(run(connection, rules_of(chosen.return_id, chosen.year).values()))
    of = (night, chosen.return_id, chosen.year)
    for table in ("rule_result", "rule_failure", "readiness"):
        connection.execute(f"delete from quality.{table} where {OF}", of)
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into quality.rule_result values (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [(*of, o.rule.id, o.rule.severity, o.state, o.not_run, o.failures, o.seconds) for o in outcomes],
        )
    connection.execute(_failures(connection, chosen), {"night": night, "return": chosen.return_id, "year": chosen.year})
    if chosen.return_id not in AS_AT:  # which waits for no deadline
        _readiness(connection, chosen, night, outcomes, records)
    return outcomes


def _failures(connection: Connection, chosen: Collection) -> sql.Composed:
    """The insert of the failing rows with whom they are about."""
    there = [name for (name,) in connection.execute("select distinct module from rule_finding where module <> ''")]
    about = sql.SQL(" union all ").join(
        [
            sql.SQL("select '' as module, -1::bigint as row_id, null::text as child_id, null::text as team_id,"
                    " null::text as worker_id, '' as record_key"),
            *(
                sql.SQL(
                    "select {}, row_id, child_id, team_id, worker_id,"
                    " md5(concat_ws('/', child_id, worker_id, team_id{})) from {}"
                ).format(
                    sql.Literal(table),
                    sql.SQL("").join(
                        sql.SQL(", {}").format(sql.Identifier(field.name.lower()))
                        for field in layout.modules(chosen.return_id)[layout.module_of(chosen.return_id, table)]
                        if field.names_record
                    ),
                    sql.Identifier(table.lower()),
                )
                for table in sorted(there)
            ),
        ]
    )  # fmt: skip
    return sql.SQL(
        """
        insert into quality.rule_failure
        with found as (
            select
                finding.rule, finding.module, finding.row_id, finding.field,
                about.child_id, about.team_id, about.worker_id,
                about.record_key || '#' || row_number() over (
                    partition by finding.rule, finding.module, finding.field, about.record_key order by finding.row_id
                ) as record_key
            from rule_finding as finding
            inner join ({}) as about on about.module = finding.module and about.row_id = finding.row_id
        )
        select
            %(night)s, %(return)s, %(year)s, found.rule, found.module, found.row_id, found.field,
            found.child_id, found.team_id, found.worker_id, found.record_key, coalesce(before.first_seen, %(night)s)
        from found
        left join quality.rule_failure as before
            on before.night = (
                select max(night) from quality.rule_result
                where night < %(night)s and return_id = %(return)s and collection_year = %(year)s
            )
            and before.return_id = %(return)s and before.collection_year = %(year)s and before.rule = found.rule
            and before.module = found.module and before.field = found.field and before.record_key = found.record_key
        """
    ).format(about)


def _readiness(connection: Connection, chosen: Collection, night: date, outcomes: list[Outcome], records: int) -> None:
    counts: Counter[str] = Counter()
    for outcome in outcomes:
        counts[outcome.rule.severity] += outcome.failures
    connection.execute(
        """
        insert into quality.readiness
        select %(night)s, %(return)s, %(year)s, %(provisional)s, %(records)s, %(errors)s, %(queries)s, %(not_run)s,
            before.errors, before.queries, %(due)s, %(due)s - %(night)s::date
        from (select 1) as one
        left join lateral (
            select errors, queries from quality.readiness
            where return_id = %(return)s and collection_year = %(year)s and night < %(night)s
            order by night desc limit 1
        ) as before on true
        """,
        {
            "night": night,
            "return": chosen.return_id,
            "year": chosen.year,
            "provisional": night < chosen.end,
            "records": records,
            "errors": counts["error"],
            "queries": counts["query"],
            "not_run": sum(outcome.not_run is not None for outcome in outcomes),
            "due": chosen.due,
        },
    )
