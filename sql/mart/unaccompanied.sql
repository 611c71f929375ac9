-- title: When a child was an unaccompanied asylum-seeking child
-- grain: one row per child and stretch of days with the status, which ends at the latest with the 18th birthday
-- key: [child_id, first_day]
-- sources: ["catalogue D31: the status ends on the 18th birthday or on the day a decision ends it", "SSD: the code U"]
with status as (
    select
        ssd_immigration_status.immi_person_id as child_id,
        range_agg(
            daterange(
                ssd_immigration_status.immi_immigration_status_start_date,
                least(ssd_immigration_status.immi_immigration_status_end_date, child.eighteenth_birthday),
                '[)'
            )
        ) as days
    from ssd_immigration_status
    left join child on child.child_id = ssd_immigration_status.immi_person_id
    where
        ssd_immigration_status.immi_immigration_status = 'U'
        and ssd_immigration_status.immi_immigration_status_start_date is not null
        and ssd_immigration_status.immi_immigration_status_start_date
        < coalesce(
            least(ssd_immigration_status.immi_immigration_status_end_date, child.eighteenth_birthday), 'infinity'::date
        )
    group by ssd_immigration_status.immi_person_id
),

stretch as (
    select
        status.child_id,
        unnest(status.days) as days
    from status
)

select
    stretch.child_id,
    lower(stretch.days) as first_day,
    upper(stretch.days) - 1 as last_day
from stretch
