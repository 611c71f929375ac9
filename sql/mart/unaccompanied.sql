-- title: When a child was an unaccompanied asylum-seeking child
-- grain: one row per child and date range with the status, up to death or the 18th birthday
-- key: [child_id, first_day]
-- sources: ["catalogue D31: the status ends on the 18th birthday or on the day a decision ends it", "SSD: the code U"]
-- columns:
--   child_id: The child, as in child
--   first_day: First day with the status
--   last_day: Last day with the status; null if it continues
with recorded as (
    select
        ssd_immigration_status.immi_person_id as child_id,
        ssd_immigration_status.immi_immigration_status as status,
        ssd_immigration_status.immi_immigration_status_start_date as start_date,
        ssd_immigration_status.immi_immigration_status_end_date as end_date
    from ssd_immigration_status
    where
        ssd_immigration_status.immi_person_id is not null
        and ssd_immigration_status.immi_immigration_status_start_date is not null
),

next_one as (
    select
        begun.child_id,
        begun.start_date,
        lead(begun.start_date) over (partition by begun.child_id order by begun.start_date) as next_start
    from (select distinct
        recorded.child_id,
        recorded.start_date
    from recorded) as begun
),

followed as (
    select
        recorded.child_id,
        recorded.status,
        recorded.start_date,
        coalesce(recorded.end_date, next_one.next_start) as end_date
    from recorded
    left join next_one
        on next_one.child_id = recorded.child_id
        and next_one.start_date = recorded.start_date
),

status as (
    select
        followed.child_id,
        range_agg(daterange(followed.start_date, least(followed.end_date, child.left_date), '[)')) as days
    from followed
    left join child on child.child_id = followed.child_id
    where
        followed.status = 'U'
        and followed.start_date < coalesce(least(followed.end_date, child.left_date), 'infinity'::date)
    group by followed.child_id
),

day_range as (
    select
        status.child_id,
        unnest(status.days) as days
    from status
)

select
    day_range.child_id,
    lower(day_range.days) as first_day,
    upper(day_range.days) - 1 as last_day
from day_range
