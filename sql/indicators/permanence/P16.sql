-- title: Children adopted from care
-- id: P16
-- question: How many of those who leave care are adopted?
-- grain: one row per period of care that ended in the period
-- calc: [percent, count]
-- better: neither
-- periods: [year, three_months]
-- needs: [ssd_cla_episodes]
-- sources: ["SSDA903 code set REC: E11 and E12; the end of care decides; an order without it is not counted"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_exit.care_key as member_key,
    care_exit.child_id,
    case when care_exit.exit_group = 'adoption' then 1 else 0 end as numerator,
    1 as denominator
from period
inner join care_exit on care_exit.end_date between period.period_start and period.as_at
