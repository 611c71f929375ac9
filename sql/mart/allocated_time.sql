-- title: How long a child has had a social worker without a break, whoever it was
-- grain: one row per child and unbroken stretch of days with an allocated social worker
-- key: [child_id, first_day]
-- sources: ["catalogue T53 and C06: the next day's start of another worker is no gap"]
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
