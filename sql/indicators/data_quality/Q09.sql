-- title: Cases allocated to people who left
-- id: Q09
-- question: Which children have a social worker who has left?
-- grain: one row per involvement of an open child's social worker who has neither a contract nor an assignment at the date
-- calc: count
-- better: low
-- target: 0
-- bands: [left, in no list of workers]
-- periods: [snapshot]
-- needs: [ssd_involvements, ssd_professionals, hr_worker, hr_contract, agency_assignment]
-- sources: ["catalogue Q09 and conventions K08 and K18: the last day worked still counts as here"]
-- used_by: [local]
with engaged as (
    select
        coalesce(hr_worker.swe_number, hr_worker.staff_id, hr_worker.worker_id) as person_key,
        hr_contract.start_date,
        hr_contract.end_date
    from hr_contract
    inner join hr_worker on hr_worker.worker_id = hr_contract.worker_id
    union all
    select
        coalesce(agency_worker.swe_number, agency_assignment.agency_worker_id) as person_key,
        agency_assignment.start_date,
        agency_assignment.end_date
    from agency_assignment
    left join agency_worker on agency_worker.agency_worker_id = agency_assignment.agency_worker_id
),

here as (
    select distinct
        period.period_kind,
        period.period_end,
        engaged.person_key
    from period
    inner join engaged
        on engaged.start_date <= period.as_at
        and (engaged.end_date is null or engaged.end_date >= period.as_at)
)

select
    period.period_kind,
    period.period_end,
    allocation.involvement_id as member_key,
    allocation.child_id,
    allocation.team_id,
    case when allocation.person_key is null then 'in no list of workers' else 'left' end as band,
    1 as numerator
from period
inner join allocation
    on allocation.is_social_worker
    and allocation.start_date <= period.as_at
    and (allocation.end_date is null or allocation.end_date > period.as_at)
inner join open_child
    on open_child.child_id = allocation.child_id
    and open_child.first_day <= period.as_at
    and (open_child.last_day is null or open_child.last_day >= period.as_at)
left join here
    on here.period_kind = period.period_kind
    and here.period_end = period.period_end
    and here.person_key = allocation.person_key
where here.person_key is null
