-- title: Times when a child was missing or away
-- grain: one row per episode that began before the 18th birthday; reports within two hours are one episode
-- key: [episode_id]
-- sources: ["catalogue D36 to D38, P31 and convention K05: reports of one child that begin within two hours of each other are one episode"]
-- columns:
--   episode_id: Episode of the case system, or else the first police report
--   child_id: The child; null if not recorded
--   started_at: When the child went missing; null if only the day is known
--   returned_at: When the child returned; null if only the day is known or not back
--   start_date: Day the child went missing
--   end_date: Day of return or death; null if not back
--   episode_type: M missing, A away without leave
--   is_from_care: True if the child was in care on that day, short breaks left out
--   origin: care, other authority, care by report only (no care on record), or home
--   records: Number of records of the case system and the police
with linked as (
    select
        missing_report.miss_table_id,
        min(missing_report.person_id) as child_id,
        min(missing_report.missing_start_at) as started_at,
        max(missing_report.returned_at) as returned_at,
        bool_or(missing_report.missing_from = 'other_authority_placement') as is_of_other_authority,
        bool_or(missing_report.missing_from = 'care') as is_said_in_care,
        count(*) as records
    from missing_report
    where missing_report.miss_table_id is not null
    group by missing_report.miss_table_id
),

told as (
    select
        ssd_missing.miss_table_id,
        ssd_missing.miss_person_id,
        ssd_missing.miss_missing_episode_type,
        ssd_missing.miss_missing_episode_start_date as started_at,
        ssd_missing.miss_missing_episode_end_date as returned_at,
        (ssd_missing.miss_missing_episode_start_date at time zone 'Europe/London')::date as start_date,
        (ssd_missing.miss_missing_episode_end_date at time zone 'Europe/London')::date as end_date
    from ssd_missing
),

record as (
    select
        told.miss_table_id as record_id,
        true as is_of_case_system,
        coalesce(told.miss_person_id, linked.child_id) as child_id,
        -- Case systems write a date without a time as midnight.
        coalesce(
            linked.started_at, nullif(told.started_at, told.start_date::timestamp at time zone 'Europe/London')
        ) as started_at,
        coalesce(
            linked.returned_at, nullif(told.returned_at, told.end_date::timestamp at time zone 'Europe/London')
        ) as returned_at,
        coalesce((linked.started_at at time zone 'Europe/London')::date, told.start_date) as start_date,
        coalesce((linked.returned_at at time zone 'Europe/London')::date, told.end_date) as end_date,
        coalesce(told.miss_missing_episode_type, 'M') as episode_type,
        coalesce(linked.is_of_other_authority, false) as is_of_other_authority,
        coalesce(linked.is_said_in_care, false) as is_said_in_care,
        1 + coalesce(linked.records, 0) as records
    from told
    left join linked on linked.miss_table_id = told.miss_table_id
    union all
    select
        missing_report.report_id as record_id,
        false as is_of_case_system,
        missing_report.person_id as child_id,
        missing_report.missing_start_at as started_at,
        missing_report.returned_at,
        (missing_report.missing_start_at at time zone 'Europe/London')::date as start_date,
        (missing_report.returned_at at time zone 'Europe/London')::date as end_date,
        'M' as episode_type,
        coalesce(missing_report.missing_from = 'other_authority_placement', false) as is_of_other_authority,
        coalesce(missing_report.missing_from = 'care', false) as is_said_in_care,
        1 as records
    from missing_report
    left join ssd_missing on ssd_missing.miss_table_id = missing_report.miss_table_id
    where ssd_missing.miss_table_id is null
),

dated as (
    select
        record.*,
        lag(record.started_at) over in_order as started_before,
        lag(record.returned_at) over in_order as returned_before
    from record
    where record.start_date is not null and (record.end_date is null or record.end_date >= record.start_date)
    window in_order as (
        partition by record.child_id order by record.started_at, record.record_id, record.is_of_case_system
    )
),

numbered as (
    select
        dated.*,
        -- A child who was back before the next report went missing a second time.
        count(*) filter (
            where
            dated.child_id is null
            or dated.started_at is null
            or dated.started_before is null
            or dated.started_at > dated.started_before + interval '2 hours'
            or coalesce(dated.returned_before <= dated.started_at, false)
        ) over (
            partition by dated.child_id order by dated.started_at, dated.record_id, dated.is_of_case_system
        ) as incident_no
    from dated
),

incident as (
    select
        case
            when bool_or(numbered.is_of_case_system)
                then (array_agg(numbered.record_id order by numbered.is_of_case_system desc, numbered.started_at, numbered.record_id))[1]
            -- A report may have the same id as an unrelated episode of the case system.
            else (array_agg(numbered.record_id order by numbered.started_at, numbered.record_id))[1]
        end as record_id,
        bool_or(numbered.is_of_case_system) as is_of_case_system,
        numbered.child_id,
        min(numbered.started_at) as started_at,
        max(numbered.returned_at) as returned_at,
        min(numbered.start_date) as start_date,
        max(numbered.end_date) as end_date,
        (array_agg(numbered.episode_type order by numbered.is_of_case_system desc, numbered.started_at, numbered.record_id))[1]
            as episode_type,
        bool_or(numbered.is_of_other_authority) as is_of_other_authority,
        bool_or(numbered.is_said_in_care) as is_said_in_care,
        sum(numbered.records) as records
    from numbered
    group by numbered.child_id, numbered.incident_no
)

select
    case
        when incident.is_of_case_system or taken.miss_table_id is null then incident.record_id
        else 'report/' || incident.record_id
    end as episode_id,
    incident.child_id,
    incident.started_at,
    incident.returned_at,
    incident.start_date,
    coalesce(incident.end_date, case when child.death_date >= incident.start_date then child.death_date end) as end_date,
    incident.episode_type,
    care_period.child_id is not null as is_from_care,
    case
        when care_period.child_id is not null then 'care'
        when incident.is_of_other_authority then 'other authority'
        when incident.is_said_in_care then 'care by report only'
        else 'home'
    end as origin,
    incident.records
from incident
left join ssd_missing as taken on taken.miss_table_id = incident.record_id and not incident.is_of_case_system
left join child on child.child_id = incident.child_id
left join care_period
    on care_period.child_id = incident.child_id
    and care_period.first_day <= incident.start_date
    and (care_period.last_day is null or care_period.last_day >= incident.start_date)
where child.eighteenth_birthday is null or incident.start_date < child.eighteenth_birthday
