-- title: Changes of social worker in 12 months
-- id: C01
-- question: How often does a child's worker change?
-- grain: one row per child in care throughout the 12 months, with the changes of social worker
-- calc: percent
-- better: low
-- periods: [year]
-- bands: [no change, 1 change, 2 changes, 3 or more changes]
-- needs: [ssd_involvements, ssd_professionals, ssd_cla_episodes, ssd_cin_episodes]
-- sources: ["catalogue C01: the percentage with two changes or more; short cover and the same worker after a gap are not changes"]
-- used_by: [pack]
with changed as (
    select
        period.period_kind,
        period.period_end,
        care_period.child_id,
        count(worker_change.day) as changes
    from period
    inner join care_period
        on care_period.first_day <= period.period_start
        and (care_period.last_day is null or care_period.last_day >= period.as_at)
    left join worker_change
        on worker_change.child_id = care_period.child_id
        and worker_change.day between period.period_start and period.as_at
    group by period.period_kind, period.period_end, care_period.child_id
)

select
    changed.period_kind,
    changed.period_end,
    changed.child_id as member_key,
    changed.child_id,
    allocated_worker.team_id,
    case when changed.changes >= 2 then 1 else 0 end as numerator,
    1 as denominator,
    changed.changes as measure,
    case changed.changes when 0 then 'no change' when 1 then '1 change' when 2 then '2 changes' else '3 or more changes' end as band
from changed
inner join period on period.period_kind = changed.period_kind and period.period_end = changed.period_end
left join allocated_worker
    on allocated_worker.child_id = changed.child_id
    and allocated_worker.first_day <= period.as_at
    and (allocated_worker.last_day is null or allocated_worker.last_day >= period.as_at)
