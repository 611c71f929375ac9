-- title: Late recording
-- id: Q11
-- question: How much was recorded after the end of the month?
-- grain: one row per count indicator and stored night of the last three month ends
-- calc: [percent, largest]
-- better: low
-- target: 1
-- figures: {largest: max(abs(measure))}
-- periods: [snapshot]
-- needs: []
-- sources: ["catalogue Q11: the value as known now, divided by the value as known at the month's end, minus 1; for counts of months and days"]
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
    -- Data quality is known for one night only.
    and value_before.indicator_id not like 'Q%'
