-- title: Young people who died, or whose care another authority took over
-- grain: one row per young person
-- key: [child_id]
-- sources: ["SSDA903 code set REC: E3", "catalogue L02"]
-- columns:
--   child_id: The child, as in child
--   gone_on: Day of death or of the transfer to another authority (E3), whichever is earlier
with last_care_period as (
    select distinct on (care_period.child_id)
        care_period.child_id,
        care_period.end_date,
        care_period.end_reason
    from care_period
    order by care_period.child_id asc, care_period.first_day desc
)

select
    child.child_id,
    least(child.death_date, last_care_period.end_date) as gone_on
from child
left join last_care_period on last_care_period.child_id = child.child_id and last_care_period.end_reason = 'E3'
where child.death_date is not null or last_care_period.end_date is not null
