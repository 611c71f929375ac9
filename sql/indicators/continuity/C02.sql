-- title: Workers per child in care in the year
-- id: C02
-- question: How many workers did a child have?
-- grain: one row per child in care at the date who had a social worker in the 12 months, with how many
-- calc: [mean, median]
-- better: low
-- periods: [year]
-- needs: [ssd_involvements, ssd_professionals, ssd_cla_episodes, ssd_cin_episodes]
-- sources: ["catalogue C02: a worker who comes back counts once"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_period.child_id as member_key,
    care_period.child_id,
    1 as denominator,
    count(distinct allocated_worker.professional_id) as measure
from period
inner join care_period
    on care_period.first_day <= period.as_at
    and (care_period.last_day is null or care_period.last_day >= period.as_at)
inner join allocated_worker
    on allocated_worker.child_id = care_period.child_id
    and allocated_worker.first_day <= period.as_at
    and (allocated_worker.last_day is null or allocated_worker.last_day >= period.period_start)
group by period.period_kind, period.period_end, care_period.child_id
