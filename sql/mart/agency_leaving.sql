-- title: Days on which agency workers left a permanent post in this region
-- grain: one row per agency worker and day of leaving
-- key: [agency_worker_id, left_on]
-- sources: ["Child and family social workers: agency rules; not after redundancy, nor in probation"]
-- columns:
--   agency_worker_id: Agency worker, as in agency_worker
--   left_on: Last day in the permanent post
--   is_excepted: True if the rule on returning as an agency worker does not apply (redundancy, or left in probation)
with own_leaving as (
    select
        hr_worker.swe_number,
        hr_contract.end_date,
        coalesce(hr_contract.leave_reason in ('2', '3'), false) or coalesce(hr_contract.end_date <= hr_contract.probation_end, false) as is_excepted
    from hr_contract
    inner join hr_worker on hr_worker.worker_id = hr_contract.worker_id
    where hr_contract.end_date is not null and hr_worker.swe_number is not null
),

-- HR's own record of a leaver takes precedence over the agency's.
leaving as (
    select
        agency_worker.agency_worker_id,
        own_leaving.end_date as left_on,
        own_leaving.is_excepted
    from agency_worker
    inner join own_leaving on own_leaving.swe_number = agency_worker.swe_number
    union all
    select
        agency_worker.agency_worker_id,
        agency_worker.last_substantive_end as left_on,
        false as is_excepted
    from agency_worker
    inner join authority as employer
        on employer.la_code = agency_worker.last_substantive_employer_la
        and employer.valid_from <= agency_worker.last_substantive_end
        and (employer.valid_to is null or employer.valid_to > agency_worker.last_substantive_end)
    inner join own_authority
        on own_authority.agency_region = coalesce(employer.agency_region, employer.region)
        and own_authority.valid_from <= agency_worker.last_substantive_end
        and (own_authority.valid_to is null or own_authority.valid_to > agency_worker.last_substantive_end)
    where
        employer.la_code <> own_authority.la_code
        or not exists (
            select 1
            from own_leaving
            where own_leaving.swe_number = agency_worker.swe_number
        )
)

select
    leaving.agency_worker_id,
    leaving.left_on,
    bool_and(leaving.is_excepted) as is_excepted
from leaving
group by leaving.agency_worker_id, leaving.left_on
