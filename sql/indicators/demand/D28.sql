-- title: Children in care
-- id: D28
-- question: How many children are in care?
-- grain: one row per child in care at the date
-- calc: [count, rate]
-- better: neither
-- periods: [snapshot]
-- needs: [ssd_cla_episodes]
-- sources: ["SSDA903: children looked after at 31 March; without short breaks (V3, V4) and young people from their 18th birthday"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_period.child_id as member_key,
    care_period.child_id,
    1 as numerator
from period
inner join care_period
    on care_period.first_day <= period.as_at
    and (care_period.last_day is null or care_period.last_day >= period.as_at)
