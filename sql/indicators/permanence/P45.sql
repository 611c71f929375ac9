-- title: Children who left care under a child arrangements order
-- id: P45
-- question: How many of those who leave care live under a child arrangements order?
-- grain: one row per period of care that ended in the period
-- calc: [percent, count]
-- better: neither
-- periods: [year]
-- needs: [ssd_cla_episodes]
-- sources: ["SSDA903 code set REC: E41, residence or child arrangements order"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_exit.care_key as member_key,
    care_exit.child_id,
    case when care_exit.exit_group = 'residence or child arrangements order' then 1 else 0 end as numerator,
    1 as denominator
from period
inner join care_exit on care_exit.end_date between period.period_start and period.as_at
