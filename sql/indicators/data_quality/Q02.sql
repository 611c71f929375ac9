-- title: Open validation errors
-- id: Q02
-- question: Which errors would the department find?
-- grain: one row per open failure of a rule, and one per return and year that was checked, with its records
-- calc: [count, per_1000]
-- better: low
-- target: 0
-- figures: {count: sum(numerator), per_1000: "1000 * sum(numerator) / nullif(sum(denominator), 0)"}
-- bands: [error, query]
-- periods: [snapshot]
-- needs: []
-- sources: ["catalogue Q02: what the rules of each return found at the last check before the night"]
-- used_by: [local]
with last_check as (
    select
        period.period_kind,
        period.period_end,
        return_check.return_id,
        max(return_check.night) as night
    from period
    inner join return_check on return_check.night <= period.as_at
    group by period.period_kind, period.period_end, return_check.return_id
)

select
    period.period_kind,
    period.period_end,
    concat_ws(
        '/',
        rule_failure_before.return_id,
        rule_failure_before.period,
        rule_failure_before.rule,
        rule_failure_before.module,
        rule_failure_before.field,
        rule_failure_before.row_key
    ) as member_key,
    rule_failure_before.child_id,
    rule_failure_before.worker_id,
    rule_failure_before.team_id,
    rule_failure_before.severity as band,
    1 as numerator,
    null::bigint as denominator
from period
inner join rule_failure_before
    on rule_failure_before.first_seen <= period.as_at
    and (rule_failure_before.gone_on is null or rule_failure_before.gone_on > period.as_at)
union all
select
    last_check.period_kind,
    last_check.period_end,
    return_check.return_id || '/' || return_check.period as member_key,
    null as child_id,
    null as worker_id,
    null as team_id,
    null as band,
    0 as numerator,
    return_check.records as denominator
from last_check
inner join return_check on return_check.return_id = last_check.return_id and return_check.night = last_check.night
