-- title: Rows left out of indicators
-- id: Q05
-- question: Which records can the figures not count?
-- grain: one row per record that an indicator with a clock cannot count, and one per such indicator with its number of records
-- calc: [count, counted, in_scope]
-- better: low
-- figures: {count: sum(numerator), counted: sum(denominator) - sum(numerator), in_scope: sum(denominator)}
-- bands: [no start, stop before start, start after the night, no date due, ended before it was due]
-- periods: [snapshot]
-- needs: []
-- sources: ["catalogue convention K17: a record with bad dates is in neither numerator nor denominator, counted and listed here"]
-- used_by: [local]
select
    period.period_kind,
    period.period_end,
    left_out.indicator_id || '/' || left_out.member_key as member_key,
    left_out.child_id,
    left_out.worker_id,
    left_out.team_id,
    left_out.reason as band,
    1 as numerator,
    null::bigint as denominator
from period
inner join known_on on known_on.night = period.as_at
cross join left_out
union all
select
    period.period_kind,
    period.period_end,
    clock_scope.indicator_id as member_key,
    null as child_id,
    null as worker_id,
    null as team_id,
    null as band,
    0 as numerator,
    clock_scope.records as denominator
from period
inner join known_on on known_on.night = period.as_at
cross join clock_scope
