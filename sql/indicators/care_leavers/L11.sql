-- title: Care leavers with a personal adviser
-- id: L11
-- question: Does every care leaver have a personal adviser?
-- grain: one row per relevant or former relevant young person at the date
-- calc: percent
-- better: high
-- target: 100
-- periods: [snapshot]
-- needs: [ssd_care_leavers]
-- sources: ["Children (Leaving Care) Act 2000: a personal adviser for each", "catalogue L11: an adviser who has left does not count"]
-- used_by: [pack]
with adviser as (
    select
        worker_link.professional_id,
        hr_contract.start_date,
        hr_contract.end_date
    from worker_link
    -- Under any HR number of the adviser.
    inner join hr_worker on coalesce(hr_worker.swe_number, hr_worker.staff_id, hr_worker.worker_id) = worker_link.person_key
    inner join hr_contract on hr_contract.worker_id = hr_worker.worker_id
    where worker_link.worker_id is not null
    union all
    select
        worker_link.professional_id,
        agency_assignment.start_date,
        agency_assignment.end_date
    from worker_link
    inner join agency_assignment on agency_assignment.agency_worker_id = worker_link.agency_worker_id
),

left_service as (
    select
        period.period_kind,
        period.period_end,
        adviser.professional_id
    from period
    inner join adviser on adviser.start_date <= period.as_at
    group by period.period_kind, period.period_end, period.as_at, adviser.professional_id
    having bool_and(adviser.end_date is not null) and max(adviser.end_date) < period.as_at
)

select
    period.period_kind,
    period.period_end,
    care_leaver_right.child_id as member_key,
    care_leaver_right.child_id,
    care_leaver.team_id,
    case when care_leaver.has_adviser and left_service.professional_id is null then 1 else 0 end as numerator,
    1 as denominator
from period
inner join care_leaver_right
    on care_leaver_right.first_day <= period.as_at
    and (care_leaver_right.last_day is null or care_leaver_right.last_day >= period.as_at)
inner join care_leaver on care_leaver.child_id = care_leaver_right.child_id
left join left_service
    on left_service.period_kind = period.period_kind
    and left_service.period_end = period.period_end
    and left_service.professional_id = care_leaver.adviser_professional_id
where care_leaver_right.eligibility in ('Relevant', 'Former Relevant')
