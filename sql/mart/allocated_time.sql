-- title: Time that a child has had a social worker without a break
-- grain: one row per child and date range with an allocated social worker, whoever it was
-- key: [child_id, first_day]
-- sources: ["catalogue T53 and C06: if another worker starts the next day, there is no gap"]
-- columns:
--   child_id: The child, as in child
--   first_day: First day with a social worker
--   last_day: Last day with one; null if it continues
with held as (
    select
        allocated_worker.child_id,
        -- The last day of an involvement is the day after the last one on which the child was held.
        unnest(range_agg(daterange(allocated_worker.first_day, allocated_worker.last_day + 1, '[]'))) as days
    from allocated_worker
    group by allocated_worker.child_id
)

select
    held.child_id,
    lower(held.days) as first_day,
    upper(held.days) - 2 as last_day
from held
