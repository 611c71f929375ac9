-- title: Child and family social workers in post, leavers of the year and agency workers
-- grain: one row per post that a person holds on the reference date or left in the year, and per agency assignment on it
-- years: {first: 2021}
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification, CSWWWorker", "conventions K08, K18, K19"]
with worked as (
    select
        employment.*,
        -- A worker whose last day is the reference date is a leaver.
        coalesce(employment.worker_service_last_day <= collection.collection_end, false) as is_leaver
    from employment
    cross join collection
    where employment.is_social_worker
),

record as (
    -- In post, employed or through an agency.
    select
        worked.is_agency,
        worked.is_leaver,
        worked.worker_id,
        worked.person_key,
        case when worked.is_agency then worked.record_id else worked.post_id end as place_id,
        min(worked.team_id) as team_id,
        min(worked.csww_role) as csww_role,
        sum(worked.fte) as fte,
        worked.worker_service_first_day,
        worked.worker_service_last_day,
        max(worked.record_id) as contract_id
    from worked
    inner join collection
        on worked.first_day <= collection.collection_end
        and (worked.last_day is null or worked.last_day >= collection.collection_end)
    where not worked.is_leaver
    group by
        worked.is_agency,
        worked.is_leaver,
        worked.worker_id,
        worked.person_key,
        case when worked.is_agency then worked.record_id else worked.post_id end,
        worked.worker_service_first_day,
        worked.worker_service_last_day
    union all
    -- Left in the year: the posts held on the last day.
    select
        worked.is_agency,
        worked.is_leaver,
        worked.worker_id,
        worked.person_key,
        worked.post_id as place_id,
        min(worked.team_id) as team_id,
        min(worked.csww_role) as csww_role,
        0 as fte,
        worked.worker_service_first_day,
        worked.worker_service_last_day,
        max(worked.record_id) as contract_id
    from worked
    inner join collection on worked.worker_service_last_day >= collection.collection_start
    where worked.is_leaver and worked.last_day = worked.worker_service_last_day
    group by
        worked.is_agency,
        worked.is_leaver,
        worked.worker_id,
        worked.person_key,
        worked.post_id,
        worked.worker_service_first_day,
        worked.worker_service_last_day
),

ranked as (
    -- Counts per person are on the most senior record.
    select
        record.*,
        row_number() over (
            partition by record.is_agency, record.worker_id, record.worker_service_first_day
            order by record.csww_role asc nulls last, record.place_id asc
        ) = 1 as is_first,
        row_number() over (
            partition by record.is_agency, record.worker_id
            order by record.worker_service_first_day desc, record.csww_role asc nulls last, record.place_id asc
        ) = 1 as is_last_time,
        -- A person may have two HR numbers, or a post and an assignment; cases count once per person.
        row_number() over (
            partition by record.person_key, record.is_leaver
            order by record.is_agency asc, record.csww_role asc nulls last, record.worker_id asc, record.place_id asc
        ) = 1 as has_cases
    from record
),

opening as (
    select
        worked.worker_id,
        worked.post_id,
        worked.worker_service_first_day,
        sum(worked.fte) as fte
    from worked
    inner join collection
        on worked.first_day < collection.collection_start
        and (worked.last_day is null or worked.last_day >= collection.collection_start - 1)
        and (worked.worker_service_last_day is null or worked.worker_service_last_day >= collection.collection_start)
    where not worked.is_agency
    group by worked.worker_id, worked.post_id, worked.worker_service_first_day
),

opening_record as (
    -- The hours of a year ago are on the record of the same post, or else on the first record.
    select
        ranked.worker_id,
        ranked.worker_service_first_day,
        ranked.place_id,
        sum(opening.fte) as fte
    from ranked
    inner join opening on opening.worker_id = ranked.worker_id and opening.worker_service_first_day = ranked.worker_service_first_day
    where
        not ranked.is_agency
        and (
            opening.post_id = ranked.place_id
            or (
                ranked.is_first
                and not exists (
                    select 1
                    from ranked as same
                    where
                        same.worker_id = opening.worker_id
                        and same.worker_service_first_day = opening.worker_service_first_day
                        and same.place_id = opening.post_id
                )
            )
        )
    group by ranked.worker_id, ranked.worker_service_first_day, ranked.place_id
),

cases as (
    select
        held_case.person_key,
        count(distinct held_case.child_id) as held
    from collection
    inner join held_case
        on held_case.first_day <= collection.collection_end
        and (held_case.last_day is null or held_case.last_day >= collection.collection_end)
    inner join open_case
        on open_case.child_id = held_case.child_id
        and open_case.first_day <= collection.collection_end
        and (open_case.last_day is null or open_case.last_day >= collection.collection_end)
    where held_case.person_key is not null
    group by held_case.person_key
),

sickness as (
    select
        sickness_day.worker_id,
        sickness_day.worker_service_first_day,
        sum(sickness_day.working_days_lost) as working_days_lost
    from sickness_day
    inner join collection
        on sickness_day.day between collection.collection_start and collection.collection_end
    group by sickness_day.worker_id, sickness_day.worker_service_first_day
),

absent as (
    select
        hr_absence.worker_id,
        min(
            coalesce(
                hr_absence.csww_reason, case when hr_absence.absence_type = 'sickness' then 'SIC' when hr_absence.absence_type = 'maternity' then 'MAT' end
            )
        )
            as reason_code
    from hr_absence
    inner join collection
        on hr_absence.start_date <= collection.collection_end
        and (hr_absence.end_date is null or hr_absence.end_date >= collection.collection_end)
    group by hr_absence.worker_id
),

began as (
    -- The origin is that of the first contract of the service.
    select distinct on (worked.worker_id, worked.worker_service_first_day)
        worked.worker_id,
        worked.worker_service_first_day,
        hr_contract.starter_origin
    from worked
    inner join hr_contract on hr_contract.contract_id = worked.record_id
    where not worked.is_agency
    order by worked.worker_id asc, worked.worker_service_first_day asc, worked.first_day asc, hr_contract.contract_id asc
),

worker as (
    select
        ranked.worker_id,
        ranked.team_id,
        case when ranked.is_agency then '1' else '0' end as agency_worker,
        coalesce(hr_worker.swe_number, agency_worker.swe_number) as swe_number,
        ranked.fte,
        hr_worker.birth_date,
        hr_worker.sex_code,
        hr_worker.ethnicity_code,
        hr_worker.qualification_level,
        -- Peers' schemas up to 2024 require an institution on every record.
        coalesce(hr_worker.qual_institution, 'Not known') as qualification_institution,
        hr_worker.cfkss_status,
        hr_worker.step_up_grad,
        hr_worker.frontline_grad,
        case when not ranked.is_agency then ranked.csww_role end as org_role,
        ranked.worker_service_first_day as role_start_date,
        began.starter_origin as start_origin,
        case when ranked.is_leaver then ranked.worker_service_last_day end as role_end_date,
        case when ranked.is_leaver then coalesce(hr_contract.leave_destination, '8') end as leaver_destination,
        case when ranked.is_leaver then coalesce(hr_contract.leave_reason, '9') end as reason_leave,
        case when not ranked.is_agency then coalesce(opening_record.fte, 0) end as opening_fte,
        case when not ranked.is_leaver then case when ranked.has_cases then coalesce(cases.held, 0) else 0 end end as cases_held,
        case when not ranked.is_agency then coalesce(sickness.working_days_lost, 0) end as working_days_lost,
        case
            when ranked.is_agency
                then (agency_assignment.planned_end_date - agency_assignment.start_date + 1) / 7.0
        end as contract_weeks,
        case when not ranked.is_agency and not ranked.is_leaver then case when absent.worker_id is null then '0' else '1' end end
            as is_absent,
        case when not ranked.is_leaver then absent.reason_code end as reason_absence,
        hr_contract.base_salary_full_time,
        case when ranked.is_first and ranked.is_last_time then hr_payment.rr_payments end as rr_payments,
        case when ranked.is_first and ranked.is_last_time then hr_payment.other_payments end as other_payments,
        ranked.place_id
    from ranked
    cross join collection
    left join hr_worker on hr_worker.worker_id = ranked.worker_id and not ranked.is_agency
    left join agency_assignment on agency_assignment.assignment_id = ranked.place_id and ranked.is_agency
    left join agency_worker on agency_worker.agency_worker_id = agency_assignment.agency_worker_id
    left join hr_contract on hr_contract.contract_id = ranked.contract_id and not ranked.is_agency
    left join hr_payment
        on hr_payment.worker_id = hr_worker.worker_id and hr_payment.census_year = collection.collection_year
    left join began on began.worker_id = ranked.worker_id and began.worker_service_first_day = ranked.worker_service_first_day
    left join opening_record
        on opening_record.worker_id = ranked.worker_id
        and opening_record.worker_service_first_day = ranked.worker_service_first_day
        and opening_record.place_id = ranked.place_id
    left join cases on cases.person_key = ranked.person_key
    left join sickness
        on sickness.worker_id = ranked.worker_id and sickness.worker_service_first_day = ranked.worker_service_first_day and ranked.is_first
    left join absent on absent.worker_id = hr_worker.worker_id
)

select
    row_number() over (order by worker.agency_worker, worker.swe_number, worker.role_start_date, worker.place_id) - 1 as row_id,
    worker.worker_id,
    worker.team_id,
    worker.agency_worker as AgencyWorker,
    worker.swe_number as SWENo,
    worker.fte::numeric(9, 6) as FTE,
    worker.birth_date as PersonBirthDate,
    case worker.sex_code when 'M' then '1' when 'F' then '2' end as GenderCurrent,
    worker.sex_code as Sex,
    worker.ethnicity_code as Ethnicity,
    worker.qualification_institution as QualInst,
    worker.qualification_level as QualLevel,
    worker.step_up_grad as StepUpGrad,
    worker.org_role as OrgRole,
    worker.role_start_date as RoleStartDate,
    worker.start_origin as StartOrigin,
    worker.role_end_date as RoleEndDate,
    worker.leaver_destination as LeaverDestination,
    worker.reason_leave as ReasonLeave,
    worker.opening_fte::numeric(9, 6) as FTE30,
    worker.cases_held as Cases30,
    worker.working_days_lost::numeric(8, 2) as WorkingDaysLost,
    worker.contract_weeks::numeric(8, 1) as ContractWeeks,
    worker.frontline_grad as FrontlineGrad,
    worker.is_absent as Absat30Sept,
    worker.reason_absence as ReasonAbsence,
    worker.cfkss_status as CFKSSstatus,
    worker.base_salary_full_time as BaseSalary,
    worker.rr_payments as RRPayments,
    worker.other_payments as OtherPayments
from worker
