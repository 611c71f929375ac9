-- title: "Employments: who worked where, employed or through an agency"
-- grain: one row per contract or agency assignment and date range in one version of the post
-- key: [employment_id]
-- sources: ["CSWW census guide: directly employed and agency workers", "catalogue conventions K08 and K19"]
-- columns:
--   employment_id: "Key of the employment: kind, record and first day"
--   record_id: Contract or agency assignment
--   post_id: Post; null for agency workers
--   worker_id: Worker id in HR or the agency's records
--   person_key: The person, by registration number, or else staff id or worker id; the same across contracts and agencies
--   is_agency: True for agency workers
--   is_social_worker: True if the post is in the scope of the workforce census; always true for agency workers
--   team_id: Team, as mapped to the case system; null if not recorded
--   role_group: Group of roles; null if not recorded
--   csww_role: Role code of the workforce census; null for agency workers
--   fte: Full-time equivalent; null if unknown
--   first_day: First day worked
--   last_day: Last day worked; null if it continues
--   last_counted_day: Last day on which the worker counts as in post; one day earlier for leavers if the parameter basis is census
--   worker_service_first_day: First day of service as a social worker under this worker id; null for others and agency workers
--   worker_service_last_day: Last day of that service; null if it continues
--   person_service_worker_id: One worker id for all service of the person; for others the worker id itself
--   person_service_first_day: First day of the person's service as a social worker, under any worker id; null for others and agency workers
--   person_service_last_day: Last day of that service; null if it continues
with employed as (
    select
        hr_contract.contract_id,
        hr_contract.worker_id,
        coalesce(hr_worker.swe_number, hr_worker.staff_id, hr_contract.worker_id) as person_key,
        hr_contract.post_id,
        hr_contract.contract_type,
        hr_contract.fte,
        daterange(hr_contract.start_date, hr_contract.end_date, '[]') as days
    from hr_contract
    left join hr_worker on hr_worker.worker_id = hr_contract.worker_id
    where
        hr_contract.start_date is not null
        and (hr_contract.end_date is null or hr_contract.end_date >= hr_contract.start_date)
        and (hr_contract.contract_type is distinct from 'casual' or hr_contract.fte > 0)
),

acting as (
    select
        employed.person_key,
        range_agg(employed.days) as days
    from employed
    where employed.contract_type = 'acting_up'
    group by employed.person_key
),

held as (
    -- A worker who acts up counts only in the acting post; the substantive post is vacant meanwhile.
    select
        employed.contract_id,
        employed.worker_id,
        employed.person_key,
        employed.post_id,
        employed.fte,
        unnest(
            datemultirange(employed.days)
            - case when employed.contract_type = 'acting_up' then '{}' else coalesce(acting.days, '{}') end
        ) as days
    from employed
    left join acting on acting.person_key = employed.person_key
),

post_version as (
    select
        hr_post.post_id,
        hr_post.team_id,
        hr_post.role_group,
        hr_post.csww_scope,
        hr_post.csww_role,
        daterange(hr_post.valid_from, hr_post.valid_to, '[)') as days
    from hr_post
    where hr_post.valid_from is not null and (hr_post.valid_to is null or hr_post.valid_to >= hr_post.valid_from)
),

own_employment as (
    select
        held.contract_id as record_id,
        held.post_id,
        held.worker_id,
        held.person_key,
        false as is_agency,
        coalesce(post_version.csww_scope, false) as is_social_worker,
        post_version.team_id as source_team_id,
        post_version.role_group,
        post_version.csww_role,
        held.fte,
        held.days * post_version.days as days
    from held
    inner join post_version on post_version.post_id = held.post_id and post_version.days && held.days
),

-- Service as a social worker under one HR number, whatever the post; a new contract on the next day is no break.
run as (
    select
        own_employment.worker_id,
        unnest(range_agg(own_employment.days)) as days
    from own_employment
    where own_employment.is_social_worker
    group by own_employment.worker_id
),

-- Service of the person, under any HR number.
service as (
    select
        own_employment.person_key,
        min(own_employment.worker_id) as worker_id,
        unnest(range_agg(own_employment.days)) as days
    from own_employment
    where own_employment.is_social_worker
    group by own_employment.person_key
),

employed_days as (
    select
        hr_worker.swe_number,
        range_agg(employed.days) as days
    from employed
    inner join hr_worker on hr_worker.worker_id = employed.worker_id
    where hr_worker.swe_number is not null
    group by hr_worker.swe_number
),

full_time as (
    select
        parameter.number_value as weekly_hours,
        daterange(parameter.valid_from, parameter.valid_to, '[)') as days
    from parameter
    where parameter.name = 'full_time_weekly_hours' and parameter.number_value > 0
),

agency_employment as (
    -- If a contract and an assignment overlap, the contract counts.
    select
        agency_assignment.assignment_id as record_id,
        coalesce(agency_assignment.agency_worker_id, agency_assignment.assignment_id) as worker_id,
        coalesce(
            agency_worker.swe_number, agency_assignment.agency_worker_id, agency_assignment.assignment_id
        ) as person_key,
        true as is_agency,
        true as is_social_worker,
        agency_assignment.team_id as source_team_id,
        agency_assignment.role_group,
        null::text as csww_role,
        -- Without either, FTE is null.
        case
            when agency_assignment.fte is not null then agency_assignment.fte
            when agency_assignment.weekly_hours is not null
                then least(1, agency_assignment.weekly_hours / full_time.weekly_hours)
        end as fte,
        unnest(
            datemultirange(daterange(agency_assignment.start_date, agency_assignment.end_date, '[]'))
            - coalesce(employed_days.days, '{}')
        ) as days
    from agency_assignment
    left join full_time on full_time.days @> agency_assignment.start_date
    left join agency_worker on agency_worker.agency_worker_id = agency_assignment.agency_worker_id
    left join employed_days on employed_days.swe_number = agency_worker.swe_number
    where
        agency_assignment.start_date is not null
        and (agency_assignment.end_date is null or agency_assignment.end_date >= agency_assignment.start_date)
),

any_employment as (
    select
        own_employment.record_id,
        own_employment.post_id,
        own_employment.worker_id,
        own_employment.person_key,
        own_employment.is_agency,
        own_employment.is_social_worker,
        own_employment.source_team_id,
        own_employment.role_group,
        own_employment.csww_role,
        own_employment.fte,
        own_employment.days
    from own_employment
    union all
    select
        agency_employment.record_id,
        null as post_id,
        agency_employment.worker_id,
        agency_employment.person_key,
        agency_employment.is_agency,
        agency_employment.is_social_worker,
        agency_employment.source_team_id,
        agency_employment.role_group,
        agency_employment.csww_role,
        agency_employment.fte,
        agency_employment.days
    from agency_employment
)

select
    case when any_employment.is_agency then 'agency/' else 'employed/' end || any_employment.record_id || '/' || lower(any_employment.days) as employment_id,
    any_employment.record_id,
    any_employment.post_id,
    any_employment.worker_id,
    any_employment.person_key,
    any_employment.is_agency,
    any_employment.is_social_worker,
    coalesce(team_map.dept_team_id, any_employment.source_team_id) as team_id,
    any_employment.role_group,
    any_employment.csww_role,
    any_employment.fte,
    lower(any_employment.days) as first_day,
    upper(any_employment.days) - 1 as last_day,
    -- The census counts a worker on the last day as a leaver, the daily view as in post.
    upper(any_employment.days) - 1 - case when basis.text_value = 'census' and upper(any_employment.days) = upper(service.days) then 1 else 0 end
        as last_counted_day,
    lower(run.days) as worker_service_first_day,
    upper(run.days) - 1 as worker_service_last_day,
    coalesce(service.worker_id, any_employment.worker_id) as person_service_worker_id,
    lower(service.days) as person_service_first_day,
    upper(service.days) - 1 as person_service_last_day
from any_employment
-- The basis that applied on the last day.
left join parameter as basis
    on basis.name = 'basis'
    and basis.valid_from <= upper(any_employment.days) - 1
    and (basis.valid_to is null or basis.valid_to > upper(any_employment.days) - 1)
left join run
    on run.worker_id = any_employment.worker_id
    and run.days @> any_employment.days
    and any_employment.is_social_worker
    and not any_employment.is_agency
left join service
    on service.person_key = any_employment.person_key
    and service.days @> any_employment.days
    and any_employment.is_social_worker
    and not any_employment.is_agency
left join team_map
    on team_map.hr_team_id = any_employment.source_team_id
    and team_map.valid_from <= lower(any_employment.days)
    and (team_map.valid_to is null or team_map.valid_to > lower(any_employment.days))
where not isempty(any_employment.days)
