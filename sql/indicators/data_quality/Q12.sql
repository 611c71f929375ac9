-- title: Reproducible figures
-- id: Q12
-- question: Do the same records still give the same figure?
-- grain: one row per sampled value of the stored nights of the last three month ends
-- calc: percent
-- better: high
-- target: 100
-- periods: [snapshot]
-- needs: []
-- sources: ["catalogue Q12 and convention K15: values calculated again from the records as known on their night, with today's SQL"]
-- used_by: [local]
select
    period.period_kind,
    period.period_end,
    concat_ws(
        '/',
        rerun_value.indicator_id,
        rerun_value.view,
        rerun_value.period_kind,
        rerun_value.period_end,
        rerun_value.figure,
        rerun_value.night
    ) as member_key,
    case when rerun_value.is_same then 1 else 0 end as numerator,
    1 as denominator
from period
inner join known_on on known_on.night = period.as_at
cross join rerun_value
