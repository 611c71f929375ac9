-- title: Professionals of the case system and the workers they are in HR or at an agency
-- grain: one row per professional of the case system
-- key: [professional_id]
-- pseudonyms: [person_key]
-- sources: ["catalogue: workers are joined by Social Work England number, then by staff id"]
with by_number as (
    select
        ssd_professionals.prof_professional_id as professional_id,
        min(hr_worker.worker_id) as worker_id,
        min(agency_worker.agency_worker_id) as agency_worker_id
    from ssd_professionals
    left join hr_worker on hr_worker.swe_number = ssd_professionals.prof_social_worker_registration_no
    left join agency_worker on agency_worker.swe_number = ssd_professionals.prof_social_worker_registration_no
    group by ssd_professionals.prof_professional_id
),

by_staff_id as (
    select
        ssd_professionals.prof_professional_id as professional_id,
        min(hr_worker.worker_id) as worker_id
    from ssd_professionals
    inner join hr_worker on hr_worker.staff_id = ssd_professionals.prof_staff_id
    group by ssd_professionals.prof_professional_id
),

matched as (
    select
        by_number.professional_id,
        by_number.agency_worker_id,
        case
            when by_number.worker_id is not null or by_number.agency_worker_id is not null then by_number.worker_id
            else by_staff_id.worker_id
        end as worker_id,
        case
            when by_number.worker_id is not null or by_number.agency_worker_id is not null then 'registration number'
            when by_staff_id.worker_id is not null then 'staff id'
        end as matched_by
    from by_number
    left join by_staff_id on by_staff_id.professional_id = by_number.professional_id
)

-- The person key is that of worker_spell; null for who is found in neither HR nor the agency's list.
select
    matched.professional_id,
    matched.worker_id,
    matched.agency_worker_id,
    matched.matched_by,
    case
        when matched.worker_id is not null then coalesce(hr_worker.swe_number, hr_worker.staff_id, hr_worker.worker_id)
        else coalesce(agency_worker.swe_number, agency_worker.agency_worker_id)
    end as person_key
from matched
left join hr_worker on hr_worker.worker_id = matched.worker_id
left join agency_worker on agency_worker.agency_worker_id = matched.agency_worker_id
