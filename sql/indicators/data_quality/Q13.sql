-- title: Workers who vanished or appeared since the last census
-- id: Q13
-- question: Do the two censuses agree?
-- grain: one row per worker in post in the last or the present census, who is in only one of them without having started or left
-- calc: count
-- better: low
-- target: 0
-- figures: {count: sum(numerator)}
-- bands: [vanished, appeared, other registration number]
-- periods: [snapshot]
-- needs: [hr_worker, hr_post, hr_contract]
-- sources: ["catalogue Q13: leavers and starters explain a difference; so does another registration number of the same worker, which is listed"]
-- used_by: [local]
with numbered as (
    select
        hr_worker.swe_number,
        min(hr_worker.worker_id) as worker_id
    from hr_worker
    group by hr_worker.swe_number
    union all
    select
        agency_worker.swe_number,
        min(agency_worker.agency_worker_id) as worker_id
    from agency_worker
    left join hr_worker on hr_worker.swe_number = agency_worker.swe_number
    where hr_worker.swe_number is null
    group by agency_worker.swe_number
),

census_worker_last as (
    select
        submitted_record.row_id as record_no,
        submitted_record.last_day,
        coalesce(submitted_record.record ->> 'agencyworker' = '1', false) as is_agency,
        submitted_record.record ->> 'roleenddate_text' is null as was_in_post,
        submitted_record.record ->> 'worker_id' as worker_id,
        numbered.worker_id as present_worker_id
    from submitted_record
    left join numbered on numbered.swe_number = submitted_record.record ->> 'sweno'
    where
        submitted_record.return_id = 'csww'
        and submitted_record.module = 'cswwworker'
),

census as (
    select max(census_worker_last.last_day) as last_day
    from census_worker_last
),

-- Two records are the same worker if the id or the registration number is the same.
known as (
    select
        census_worker_last.worker_id,
        census_worker_last.present_worker_id
    from census_worker_last
),

listed as (
    select known.worker_id
    from known
    where known.worker_id is not null
    union
    select known.present_worker_id as worker_id
    from known
    where known.present_worker_id is not null
),

in_post as (
    select
        coalesce(census_worker_last.worker_id, 'record ' || census_worker_last.record_no) as member_key,
        max(census_worker_last.worker_id) as worker_id,
        bool_or(worked.worker_id is not null or by_number.worker_id is not null) as is_found,
        bool_or(worked.worker_id is not null and by_number.worker_id is null) as has_other_number
    from census_worker_last
    left join employment as worked
        on worked.worker_id = census_worker_last.worker_id
        and worked.is_social_worker
        and (worked.last_day is null or worked.last_day >= census_worker_last.last_day)
    left join employment as by_number
        on by_number.worker_id = census_worker_last.present_worker_id
        and by_number.is_social_worker
        and (by_number.last_day is null or by_number.last_day >= census_worker_last.last_day)
    where census_worker_last.was_in_post
    group by coalesce(census_worker_last.worker_id, 'record ' || census_worker_last.record_no)
),

since as (
    select
        employment.worker_id,
        min(coalesce(employment.worker_service_first_day, employment.first_day)) as first_day
    from employment
    inner join known_on
        on employment.first_day <= known_on.night
        and (employment.last_day is null or employment.last_day >= known_on.night)
    where employment.is_social_worker
    group by employment.worker_id
),

told as (
    select
        in_post.member_key,
        in_post.worker_id,
        case when not in_post.is_found then 'vanished' when in_post.has_other_number then 'other registration number' end as band,
        case when in_post.is_found then 0 else 1 end as numerator
    from in_post
    union all
    select
        since.worker_id as member_key,
        since.worker_id,
        'appeared' as band,
        1 as numerator
    from since
    inner join census on since.first_day <= census.last_day
    left join listed on listed.worker_id = since.worker_id
    where listed.worker_id is null
)

select
    period.period_kind,
    period.period_end,
    told.member_key,
    told.worker_id,
    told.band,
    told.numerator
from period
inner join known_on on known_on.night = period.as_at
cross join told
