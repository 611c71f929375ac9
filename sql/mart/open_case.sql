-- title: Open cases of children and care leavers
-- grain: one row per person and date range with an open case as a child or with a leaving care right
-- key: [child_id, first_day]
-- sources: ["CSWW census, Cases30: children, and care leavers allocated to a social worker", "catalogue W23, convention K18"]
-- columns:
--   child_id: The child or young person, as in child
--   first_day: First day of the open case; -infinity for a care leaver without a birth date
--   last_day: Last day of the open case; null if it continues
with open_days as (
    select
        open_child.child_id,
        daterange(open_child.first_day, open_child.last_day, '[]') as days
    from open_child
    union all
    select
        care_leaver_right.child_id,
        daterange(care_leaver_right.first_day, care_leaver_right.last_day, '[]') as days
    from care_leaver_right
    where care_leaver_right.last_day is null or care_leaver_right.last_day >= care_leaver_right.first_day
),

joined as (
    select
        open_days.child_id,
        unnest(range_agg(open_days.days)) as days
    from open_days
    group by open_days.child_id
)

select
    joined.child_id,
    lower(joined.days) as first_day,
    upper(joined.days) - 1 as last_day
from joined
