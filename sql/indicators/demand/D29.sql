-- title: Children who entered care
-- id: D29
-- question: How many children come into care?
-- grain: one row per period of care that began in the period
-- calc: [count, rate, children]
-- figures:
--   children: "count(distinct child_id)"
-- better: neither
-- periods: [six_months, three_months, year]
-- needs: [ssd_cla_episodes]
-- sources: ["SSDA903: children who started to be looked after; the published figure counts each child once a year (children)"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    coalesce(care_period.care_id, care_period.child_id || '/' || care_period.first_day) as member_key,
    care_period.child_id,
    1 as numerator
from period
inner join care_period on care_period.first_day between period.period_start and period.as_at
where care_period.start_reason = 'S'
