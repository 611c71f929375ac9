-- title: Completeness of key fields
-- id: Q04
-- question: Are the fields behind the figures filled?
-- grain: one row per required field that an indicator reads, with the number of rows that need it
-- calc: [percent, fields_below_98]
-- better: high
-- target: 98
-- figures: {fields_below_98: count(member_key) filter (where measure < 98)}
-- periods: [snapshot]
-- needs: []
-- sources: ["contract: required fields; in the case system also event dates and coded fields of past events"]
-- used_by: [local]
select
    period.period_kind,
    period.period_end,
    field_completeness.table_name || '/' || field_completeness.column_name as member_key,
    field_completeness.usable as numerator,
    field_completeness.rows as denominator,
    100.0 * field_completeness.usable / field_completeness.rows as measure
from period
inner join known_on on known_on.night = period.as_at
cross join field_completeness
where field_completeness.rows > 0
