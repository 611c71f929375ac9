-- title: Child and family social workers in post, leavers of the year and agency workers
-- grain: one row per post that a person holds on the reference date or left in the year, and per agency assignment on it
-- years: {first: 2021}
-- sources: ["Children's social work workforce census 2024 to 2025: business and technical specification, CSWWWorker", "conventions K08, K18, K19"]
with spell as (
    select
        worker_spell.*,
        -- A worker whose last day is the reference date is a leaver.
        coalesce(worker_spell.run_last_day <= collection.collection_end, false) as is_leaver
    from worker_spell
    cross join collection
    where worker_spell.is_social_worker
),

record as (
    -- In post, employed or through an agency.
    select
        spell.is_agency,
        spell.is_leaver,
        spell.worker_id,
        spell.person_key,
        case when spell.is_agency then spell.record_id else spell.post_id end as place_id,
        min(spell.team_id) as team_id,
        min(spell.csww_role) as csww_role,
        sum(spell.fte) as fte,
        spell.run_first_day,
        spell.run_last_day,
        max(spell.record_id) as contract_id
    from spell
    inner join collection
        on spell.first_day <= collection.collection_end
        and (spell.last_day is null or spell.last_day >= collection.collection_end)
    where not spell.is_leaver
    group by
        spell.is_agency,
        spell.is_leaver,
        spell.worker_id,
        spell.person_key,
        case when spell.is_agency then spell.record_id else spell.post_id end,
        spell.run_first_day,
        spell.run_last_day
    union all
    -- Left in the year: the posts held on the last day.
    select
        spell.is_agency,
        spell.is_leaver,
        spell.worker_id,
        spell.person_key,
        spell.post_id as place_id,
        min(spell.team_id) as team_id,
        min(spell.csww_role) as csww_role,
        0 as fte,
        spell.run_first_day,
        spell.run_last_day,
        max(spell.record_id) as contract_id
    from spell
    inner join collection on spell.run_last_day >= collection.collection_start
    where spell.is_leaver and spell.last_day = spell.run_last_day
    group by
        spell.is_agency,
        spell.is_leaver,
        spell.worker_id,
        spell.person_key,
        spell.post_id,
        spell.run_first_day,
        spell.run_last_day
),

ranked as (
    -- Counts per person are on the most senior record.
    select
        record.*,
        row_number() over (
            partition by record.is_agency, record.worker_id, record.run_first_day
            order by record.csww_role asc nulls last, record.place_id asc
        ) = 1 as is_first,
        row_number() over (
            partition by record.is_agency, record.worker_id
            order by record.run_first_day desc, record.csww_role asc nulls last, record.place_id asc
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
        spell.worker_id,
        spell.post_id,
        spell.run_first_day,
        sum(spell.fte) as fte
    from spell
    inner join collection
        on spell.first_day < collection.collection_start
        and (spell.last_day is null or spell.last_day >= collection.collection_start - 1)
        and (spell.run_last_day is null or spell.run_last_day >= collection.collection_start)
    where not spell.is_agency
    group by spell.worker_id, spell.post_id, spell.run_first_day
),

opening_record as (
    -- The hours of a year ago are on the record of the same post, or else on the first record.
    select
        ranked.worker_id,
        ranked.run_first_day,
        ranked.place_id,
        sum(opening.fte) as fte
    from ranked
    inner join opening on opening.worker_id = ranked.worker_id and opening.run_first_day = ranked.run_first_day
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
                        and same.run_first_day = opening.run_first_day
                        and same.place_id = opening.post_id
                )
            )
        )
    group by ranked.worker_id, ranked.run_first_day, ranked.place_id
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
        sickness_day.run_first_day,
        sum(sickness_day.working_days_lost) as working_days_lost
    from sickness_day
    inner join collection
        on sickness_day.day between collection.collection_start and collection.collection_end
    group by sickness_day.worker_id, sickness_day.run_first_day
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
    select distinct on (spell.worker_id, spell.run_first_day)
        spell.worker_id,
        spell.run_first_day,
        hr_contract.starter_origin
    from spell
    inner join hr_contract on hr_contract.contract_id = spell.record_id
    where not spell.is_agency
    order by spell.worker_id asc, spell.run_first_day asc, spell.first_day asc, hr_contract.contract_id asc
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
        ranked.run_first_day as role_start_date,
        began.starter_origin as start_origin,
        case when ranked.is_leaver then ranked.run_last_day end as role_end_date,
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
    left join began on began.worker_id = ranked.worker_id and began.run_first_day = ranked.run_first_day
    left join opening_record
        on opening_record.worker_id = ranked.worker_id
        and opening_record.run_first_day = ranked.run_first_day
        and opening_record.place_id = ranked.place_id
    left join cases on cases.person_key = ranked.person_key
    left join sickness
        on sickness.worker_id = ranked.worker_id and sickness.run_first_day = ranked.run_first_day and ranked.is_first
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
