-- title: HR and case system match
-- id: Q08
-- question: Do both systems know the same people?
-- grain: one row per professional of the case system who holds an open child's case at the date
-- calc: percent
-- better: high
-- target: 98
-- bands: [by hand, registration number, staff id, e-mail, "name, first day and team", not matched]
-- periods: [snapshot]
-- needs: [ssd_involvements, ssd_professionals, hr_worker]
-- sources: ["catalogue Q08 and convention K18 without its contract: two people with one number do not match, nor does a shared account"]
-- used_by: [local]
with same_number as (
    select
        ssd_professionals.prof_professional_id as professional_id,
        count(distinct hr_worker.worker_id) as employed,
        count(distinct agency_worker.agency_worker_id) as of_agency
    from ssd_professionals
    left join hr_worker on hr_worker.swe_number = ssd_professionals.prof_social_worker_registration_no
    left join agency_worker on agency_worker.swe_number = ssd_professionals.prof_social_worker_registration_no
    group by ssd_professionals.prof_professional_id
),

same_staff_id as (
    select
        ssd_professionals.prof_professional_id as professional_id,
        count(distinct hr_worker.worker_id) as employed
    from ssd_professionals
    inner join hr_worker on hr_worker.staff_id = ssd_professionals.prof_staff_id
    group by ssd_professionals.prof_professional_id
),

matched as (
    select
        worker_link.professional_id,
        coalesce(worker_link.worker_id, worker_link.agency_worker_id) as worker_id,
        worker_link.method,
        -- A worker who became permanent is in both lists, but is one person.
        case
            when worker_link.worker_id is null and worker_link.agency_worker_id is null then false
            when worker_link.method = 'registration number' then same_number.employed <= 1 and same_number.of_agency <= 1
            when worker_link.method = 'staff id' then same_staff_id.employed = 1
            else true
        end as is_matched
    from worker_link
    left join same_number on same_number.professional_id = worker_link.professional_id
    left join same_staff_id on same_staff_id.professional_id = worker_link.professional_id
),

holder as (
    select
        period.period_kind,
        period.period_end,
        allocation.professional_id,
        max(allocation.team_id) as team_id
    from period
    inner join allocation
        on allocation.is_social_worker
        and allocation.start_date <= period.as_at
        and (allocation.end_date is null or allocation.end_date > period.as_at)
    inner join open_child
        on open_child.child_id = allocation.child_id
        and open_child.first_day <= period.as_at
        and (open_child.last_day is null or open_child.last_day >= period.as_at)
    group by period.period_kind, period.period_end, allocation.professional_id
)

select
    holder.period_kind,
    holder.period_end,
    holder.professional_id as member_key,
    case when matched.is_matched then matched.worker_id end as worker_id,
    holder.team_id,
    case when matched.is_matched then matched.method else 'not matched' end as band,
    case when matched.is_matched then 1 else 0 end as numerator,
    1 as denominator
from holder
left join matched on matched.professional_id = holder.professional_id
