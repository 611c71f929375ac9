-- title: Handovers from one social worker of a child to the next
-- grain: one row per child and allocation that follows another one within one open case
-- key: [child_id, next_day]
-- sources: ["catalogue C01, C06 and C08: the same worker after a gap is a gap, not a change; the first worker of a new case is neither"]
-- columns:
--   child_id: The child, as in child
--   next_day: First day with the new allocation
--   end_day: First day without the former one
--   from_professional_id: Former social worker in the case system
--   from_person_key: The former social worker as a person, as in employment; null if unknown
--   to_professional_id: New social worker in the case system
--   to_involvement_id: Involvement of the new social worker
--   team_id: Team of the new social worker; null if not recorded
--   is_change: True if the social worker changed; false if the same one returned after a gap
--   reason: Code of the reason for the change; null if not recorded
--   gap_working_days: Working days without a social worker; 0 if there was no gap
with day_range as (
    select
        allocated_worker.child_id,
        allocated_worker.first_day as next_day,
        allocated_worker.professional_id as to_professional_id,
        allocated_worker.involvement_id as to_involvement_id,
        allocated_worker.team_id,
        lag(allocated_worker.last_day) over earlier + 1 as end_day,
        lag(allocated_worker.professional_id) over earlier as from_professional_id,
        lag(allocated_worker.person_key) over earlier as from_person_key
    from allocated_worker
    window earlier as (partition by allocated_worker.child_id order by allocated_worker.first_day)
)

select
    day_range.child_id,
    day_range.next_day,
    day_range.end_day,
    day_range.from_professional_id,
    day_range.from_person_key,
    day_range.to_professional_id,
    day_range.to_involvement_id,
    day_range.team_id,
    day_range.to_professional_id <> day_range.from_professional_id as is_change,
    ssd_involvements.invo_worker_change_reason as reason,
    next_one.working_day_no - end_one.working_day_no as gap_working_days
from day_range
inner join open_child
    on open_child.child_id = day_range.child_id
    and open_child.first_day < day_range.end_day
    and open_child.first_day <= day_range.next_day
    and (open_child.last_day is null or open_child.last_day >= day_range.next_day)
inner join ssd_involvements on ssd_involvements.invo_involvements_id = day_range.to_involvement_id
inner join calendar_day as end_one on end_one.day = day_range.end_day
inner join calendar_day as next_one on next_one.day = day_range.next_day
where day_range.to_professional_id <> day_range.from_professional_id or day_range.next_day > day_range.end_day
