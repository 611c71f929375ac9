-- title: Late recording
-- id: Q11
-- question: How much came in after the month had ended?
-- grain: one row per indicator that counts and month end of the last three whose night is kept
-- calc: [percent, largest]
-- better: low
-- target: 1
-- figures: {largest: max(abs(measure))}
-- periods: [snapshot]
-- needs: []
-- sources: ["catalogue Q11: the value as known now over the value as known at the month's end, less 1, in counts of months and days"]
-- used_by: [local]
select
    period.period_kind,
    period.period_end,
    concat_ws('/', value_before.indicator_id, value_before.view, value_before.period_kind, value_before.night) as member_key,
    abs(indicator_value.value - value_before.value) as numerator,
    value_before.value as denominator,
    100 * (indicator_value.value / nullif(value_before.value, 0) - 1) as measure
from period
inner join known_on on known_on.night = period.as_at
cross join value_before
inner join indicator_value
    on indicator_value.indicator_id = value_before.indicator_id
    and indicator_value.view = value_before.view
    and indicator_value.period_kind = value_before.period_kind
    and indicator_value.period_end = value_before.night
    and indicator_value.figure = value_before.figure
    and indicator_value.breakdown = 'whole'
where
    value_before.figure = 'count'
    and value_before.period_kind in ('snapshot', 'month')
    and value_before.value is not null
    and indicator_value.value is not null
    -- What is said of the data is of one night alone.
    and value_before.indicator_id not like 'Q%'
