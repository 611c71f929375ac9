-- title: The social worker responsible for each child
-- grain: one row per child and date range with the same allocated social worker
-- key: [child_id, first_day]
-- sources: ["catalogue convention K18: with two open involvements, the later start, then the higher involvement id"]
-- columns:
--   child_id: The child, as in child
--   first_day: First day of the allocation
--   last_day: Last day of the allocation; null if it continues
--   involvement_id: Involvement that makes the allocation (ssd_involvements)
--   professional_id: Social worker in the case system
--   person_key: The social worker as a person, as in employment; null if not found in HR or agency records
--   team_id: Team of the involvement; null if not recorded
with named as (
    select
        allocation.child_id,
        allocation.involvement_id,
        allocation.professional_id,
        allocation.person_key,
        allocation.team_id,
        allocation.start_date,
        allocation.end_date
    from allocation
    where allocation.is_social_worker and (allocation.end_date is null or allocation.end_date > allocation.start_date)
),

change as (
    select
        named.child_id,
        named.start_date as day
    from named
    union
    select
        named.child_id,
        named.end_date as day
    from named
    where named.end_date is not null
),

day_range as (
    select
        change.child_id,
        change.day as first_day,
        lead(change.day) over (partition by change.child_id order by change.day) as next_day
    from change
)

select distinct on (day_range.child_id, day_range.first_day)
    day_range.child_id,
    day_range.first_day,
    day_range.next_day - 1 as last_day,
    named.involvement_id,
    named.professional_id,
    named.person_key,
    named.team_id
from day_range
inner join named
    on named.child_id = day_range.child_id
    and named.start_date <= day_range.first_day
    and (named.end_date is null or named.end_date > day_range.first_day)
order by day_range.child_id asc, day_range.first_day asc, named.start_date desc, named.involvement_id desc
