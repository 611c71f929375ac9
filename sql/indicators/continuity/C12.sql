-- title: Three or more social workers in 12 months
-- id: C12
-- question: How many children had to get to know three or more workers?
-- grain: one row per child in care at the date, with the social workers of the 12 months
-- calc: percent
-- better: low
-- periods: [year]
-- needs: [ssd_involvements, ssd_professionals, ssd_cla_episodes, ssd_cin_episodes]
-- sources: ["catalogue C12: each worker counts once per child, including short cover; England 27% in 2024"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_period.child_id as member_key,
    care_period.child_id,
    case when count(distinct allocated_worker.professional_id) >= 3 then 1 else 0 end as numerator,
    1 as denominator,
    count(distinct allocated_worker.professional_id) as measure
from period
inner join care_period
    on care_period.first_day <= period.as_at
    and (care_period.last_day is null or care_period.last_day >= period.as_at)
left join allocated_worker
    on allocated_worker.child_id = care_period.child_id
    and allocated_worker.first_day <= period.as_at
    and (allocated_worker.last_day is null or allocated_worker.last_day >= period.period_start)
group by period.period_kind, period.period_end, care_period.child_id
