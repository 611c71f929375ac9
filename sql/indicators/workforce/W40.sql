-- title: Agency to permanent conversions
-- id: W40
-- question: How many agency workers became permanent?
-- grain: one row per social worker whose service began within 28 days of an assignment's last day
-- calc: count
-- better: high
-- periods: [year]
-- needs: [hr_worker, hr_post, hr_contract, agency_assignment, agency_worker]
-- sources: ["catalogue W40: one person by registration number, counted by the start of the contract"]
-- used_by: [pack]
select distinct
    period.period_kind,
    period.period_end,
    employment.worker_id as member_key,
    employment.worker_id,
    employment.team_id,
    1 as numerator
from period
inner join employment
    on employment.worker_service_first_day between period.period_start and period.as_at
    and employment.first_day = employment.worker_service_first_day
inner join hr_worker on hr_worker.worker_id = employment.worker_id
inner join agency_worker on agency_worker.swe_number = hr_worker.swe_number
inner join agency_assignment
    on agency_assignment.agency_worker_id = agency_worker.agency_worker_id
    and agency_assignment.start_date < employment.worker_service_first_day
    and employment.worker_service_first_day - coalesce(agency_assignment.end_date, employment.worker_service_first_day) <= 28
where employment.is_social_worker and not employment.is_agency
