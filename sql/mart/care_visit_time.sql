-- title: Times from one visit to a child in care to the next, each judged by its limit
-- grain: one row per visit and day from which the time after it counts
-- key: [visit_id, counted_from]
-- sources: ["Care Planning Regulations 2010, regulation 28", "catalogue T28 and T29: a time that still runs counts once past its limit"]
-- columns:
--   visit_id: Visit from which the time runs
--   child_id: Child in care
--   visit_date: Day of the visit
--   counted_from: First day on which the time counts, the day of the next visit or the day after the limit
--   next_visit_date: Day of the next visit, for a time that ended with one; null for one that still ran
--   counted_to: Last day on which a time that still ran counts; null if it continues or ended with a visit
--   due_date: Last day of the limit
--   is_settled: True if the limit of a settled home applied
--   is_in_time: True if the next visit was by the due date
select
    care_visit_gap.visit_id,
    care_visit_gap.child_id,
    care_visit_gap.visit_date,
    care_visit_gap.next_visit_date as counted_from,
    care_visit_gap.next_visit_date,
    null::date as counted_to,
    care_visit_gap.due_date,
    care_visit_gap.rule = 'settled' as is_settled,
    care_visit_gap.next_visit_date <= care_visit_gap.due_date as is_in_time
from care_visit_gap
where care_visit_gap.next_visit_date is not null
union all
select
    running.visit_id,
    running.child_id,
    running.visit_date,
    running.counted_from,
    null as next_visit_date,
    running.counted_to,
    running.due_date,
    running.is_settled,
    false as is_in_time
from (
    select
        care_visit_gap.visit_id,
        care_visit_gap.child_id,
        care_visit_gap.visit_date,
        due.due_date,
        care_visit_limit.rule = 'settled' as is_settled,
        greatest(care_visit_gap.visit_date, care_visit_limit.first_day, due.due_date + 1) as counted_from,
        least(care_visit_gap.next_visit_date, care_visit_gap.clock_end_date, care_visit_limit.end_date) - 1 as counted_to
    from care_visit_gap
    inner join care_visit_limit on care_visit_limit.child_id = care_visit_gap.child_id
    cross join lateral (
        select
            coalesce(
                care_visit_gap.visit_date + care_visit_limit.limit_days,
                (care_visit_gap.visit_date + care_visit_limit.limit_months * interval '1 month')::date
            ) as due_date
    ) as due
) as running
where running.due_date is not null and (running.counted_to is null or running.counted_from <= running.counted_to)
