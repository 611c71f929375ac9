-- title: Ready on time
-- id: Q14
-- question: Is the night ready when work begins?
-- grain: one row per earlier night since nights run on schedule
-- calc: percent
-- better: high
-- target: 99
-- periods: [month]
-- needs: []
-- sources: ["catalogue Q14: complete before 07:00 of the next day; a night that lacks a source or did not run is not"]
-- used_by: [local]
select
    period.period_kind,
    period.period_end,
    night_ready.night::text as member_key,
    case when night_ready.ready_hours < latest.number_value then 1 else 0 end as numerator,
    1 as denominator,
    night_ready.ready_hours as measure
from period
inner join night_ready on night_ready.night between period.period_start and period.as_at
inner join parameter as latest
    on latest.name = 'pack_ready_hours'
    and latest.valid_from <= night_ready.night
    and (latest.valid_to is null or latest.valid_to > night_ready.night)
