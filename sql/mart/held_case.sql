-- title: Children whom a social worker holds
-- grain: one row per social worker, child and date range as the child's named worker
-- key: [holder_key, child_id, first_day]
-- sources: ["catalogue conventions K08 and K18, W23"]
-- columns:
--   holder_key: The social worker as a person, or professional/ and the case system's id
--   child_id: The child, as in child
--   first_day: First day as named worker
--   last_day: Last day as named worker; null if it continues
--   person_key: The social worker as a person, as in employment; null if not found in HR or agency records
with held as (
    -- If the same worker starts again the next day, there is no gap. A worker without a link keeps the case system's id.
    select
        coalesce(allocation.person_key, 'professional/' || allocation.professional_id) as holder_key,
        allocation.person_key,
        allocation.child_id,
        unnest(range_agg(daterange(allocation.start_date, allocation.end_date, '[]'))) as days
    from allocation
    where allocation.is_social_worker
    group by
        coalesce(allocation.person_key, 'professional/' || allocation.professional_id),
        allocation.person_key,
        allocation.child_id
)

select
    held.holder_key,
    held.child_id,
    lower(held.days) as first_day,
    -- On the last day of an involvement, the child is no longer held at the end of the day.
    upper(held.days) - 2 as last_day,
    held.person_key
from held
