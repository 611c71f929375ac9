-- title: One-to-one supervision of workers
-- grain: one row per worker and day of one-to-one supervision
-- key: [person_key, held_date]
-- sources: ["catalogue T54; the person key is that of employment, so a worker who becomes permanent keeps the supervision as an agency worker"]
-- columns:
--   person_key: The person, as in employment
--   held_date: Day of the supervision
select distinct
    case
        when supervision.worker_kind = 'agency' then coalesce(agency_worker.swe_number, supervision.worker_id)
        else coalesce(hr_worker.swe_number, hr_worker.staff_id, supervision.worker_id)
    end as person_key,
    supervision.held_date
from supervision
left join hr_worker on hr_worker.worker_id = supervision.worker_id
left join agency_worker on agency_worker.agency_worker_id = supervision.worker_id
where supervision.kind = 'worker' and supervision.worker_id is not null and supervision.held_date is not null
