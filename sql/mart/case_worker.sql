-- title: Professionals of the case system and the workers they are in HR or at an agency
-- grain: one row per professional of the case system
-- key: [professional_id]
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
)

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
