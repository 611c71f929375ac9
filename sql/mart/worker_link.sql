-- title: Professionals of the case system linked to workers of HR or an agency
-- grain: one row per professional of the case system
-- key: [professional_id]
-- sources: ["catalogue: by Social Work England number, then staff id; then e-mail; then name, first day and team with a probability"]
-- columns:
--   professional_id: Professional in the case system
--   worker_id: Worker in HR; null if not found there
--   agency_worker_id: Worker in the agency's records; null if not found there
--   method: "How the link was found: by hand, registration number, staff id, e-mail, or name, first day and team; null without a link"
--   probability: Probability of the link, 1 if certain; null without a link
--   person_key: The worker as a person, as in employment; null if found in neither list
with decided as (
    -- A recorded decision takes precedence; without a worker, the account belongs to nobody.
    select
        worker_link_override.professional_id,
        worker_link_override.worker_id,
        worker_link_override.agency_worker_id
    from worker_link_override
),

by_number as (
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

-- Some case systems identify users by e-mail; an address of two workers is not used.
by_email as (
    select
        ssd_professionals.prof_professional_id as professional_id,
        min(hr_worker.worker_id) as worker_id
    from ssd_professionals
    inner join hr_worker on lower(hr_worker.email) = lower(ssd_professionals.prof_staff_id)
    group by ssd_professionals.prof_professional_id
    having count(distinct hr_worker.worker_id) = 1
),

matched as (
    select
        by_number.professional_id,
        case
            when decided.professional_id is not null then decided.worker_id
            when by_number.worker_id is not null or by_number.agency_worker_id is not null then by_number.worker_id
            when by_staff_id.worker_id is not null then by_staff_id.worker_id
            when by_email.worker_id is not null then by_email.worker_id
            else link_suggestion.worker_id
        end as worker_id,
        case
            when decided.professional_id is not null then decided.agency_worker_id
            when by_number.worker_id is not null or by_number.agency_worker_id is not null then by_number.agency_worker_id
            when by_staff_id.worker_id is null and by_email.worker_id is null then link_suggestion.agency_worker_id
        end as agency_worker_id,
        case
            when decided.professional_id is not null then 'by hand'
            when by_number.worker_id is not null or by_number.agency_worker_id is not null then 'registration number'
            when by_staff_id.worker_id is not null then 'staff id'
            when by_email.worker_id is not null then 'e-mail'
            when link_suggestion.professional_id is not null then 'name, first day and team'
        end as method,
        case
            when decided.professional_id is not null then 1
            when by_number.worker_id is not null or by_number.agency_worker_id is not null then 1
            when by_staff_id.worker_id is not null or by_email.worker_id is not null then 1
            else link_suggestion.probability
        end as probability
    from by_number
    left join decided on decided.professional_id = by_number.professional_id
    left join by_staff_id on by_staff_id.professional_id = by_number.professional_id
    left join by_email on by_email.professional_id = by_number.professional_id
    left join link_suggestion on link_suggestion.professional_id = by_number.professional_id
)

-- The person key is that of employment; null without a link.
select
    matched.professional_id,
    matched.worker_id,
    matched.agency_worker_id,
    matched.method,
    matched.probability,
    case
        when matched.worker_id is not null then coalesce(hr_worker.swe_number, hr_worker.staff_id, hr_worker.worker_id)
        else coalesce(agency_worker.swe_number, agency_worker.agency_worker_id)
    end as person_key
from matched
left join hr_worker on hr_worker.worker_id = matched.worker_id
left join agency_worker on agency_worker.agency_worker_id = matched.agency_worker_id
