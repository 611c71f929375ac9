-- title: Children whom a social worker holds
-- grain: one row per social worker, open child and unbroken stretch of days of being the child's named worker
-- key: [holder_key, child_id, first_day]
-- sources: ["catalogue conventions K08 and K18, W23"]
with held as (
    -- The next day's start of the same worker is no gap; who is found in no list of workers is told by the case system's id.
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
    -- On the last day of an involvement the child is no longer held at the day's end.
    upper(held.days) - 2 as last_day,
    held.person_key
from held
