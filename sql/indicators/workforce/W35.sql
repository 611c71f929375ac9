-- title: Cool-off breaches
-- id: W35
-- question: Do workers who left us or a neighbour come straight back through an agency?
-- grain: one row per assignment that started in the period
-- calc: count
-- periods: [quarter]
-- by: [team]
-- needs: [agency_assignment, agency_worker]
-- sources: ["Child and family social workers: agency rules, three months after leaving; not after redundancy or in probation"]
-- used_by: [pack]
with own_leaving as (
    select
        hr_worker.swe_number,
        hr_contract.end_date,
        coalesce(reason.code in ('2', '3'), false) or coalesce(hr_contract.end_date <= hr_contract.probation_end, false) as is_excepted
    from hr_contract
    inner join hr_worker on hr_worker.worker_id = hr_contract.worker_id
    left join code_alias as reason
        on reason.code_list = 'csww.REASON_LEAVE' and reason.alias = lower(hr_contract.leave_reason)
    where hr_contract.end_date is not null and hr_worker.swe_number is not null
),

-- What HR itself knows of a leaver goes before what the agency tells.
leaving as (
    select
        agency_worker.agency_worker_id,
        own_leaving.end_date,
        own_leaving.is_excepted
    from agency_worker
    inner join own_leaving on own_leaving.swe_number = agency_worker.swe_number
    union all
    select
        agency_worker.agency_worker_id,
        agency_worker.last_substantive_end as end_date,
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
    period.period_kind,
    period.period_end,
    agency_assignment.assignment_id as member_key,
    agency_assignment.agency_worker_id as worker_id,
    agency_assignment.team_id,
    case
        when
            exists (
                select 1
                from leaving
                where
                    leaving.agency_worker_id = agency_assignment.agency_worker_id
                    and not leaving.is_excepted
                    and leaving.end_date < agency_assignment.start_date
                    and (leaving.end_date + interval '3 months')::date > agency_assignment.start_date
            )
            then 1
        else 0
    end as numerator
from period
inner join agency_assignment on agency_assignment.start_date between period.period_start and period.as_at
