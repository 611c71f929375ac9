-- title: Time between visits to a child in care
-- grain: one row per child and day on which a visitor saw the child, up to the next such day with the same carer
-- key: [visit_id]
-- sources: ["Care Planning Regulations 2010, regulation 28", "catalogue T28 and T29: the limit is that of the day of the next visit"]
-- columns:
--   visit_id: Visit at the start of the gap
--   child_id: The child, as in child
--   visit_date: Day of that visit
--   next_visit_date: Day of the next visit that counts; null if none yet
--   clock_first_day: First day of the visit clock, as in visit_clock
--   clock_end_date: First day after the visit clock; null if it continues
--   rule: Why the limit applies, as in care_visit_limit; null if there is no next visit
--   limit_days: Limit in days; null if the limit is in months or there is no next visit
--   limit_months: Limit in months; null if the limit is in days
--   due_date: Last day on which the next visit is in time; null if there is no next visit
with seen as (
    select distinct on (care_visit.child_id, care_visit.visit_date)
        care_visit.visit_id,
        care_visit.child_id,
        care_visit.visit_date
    from care_visit
    where care_visit.child_seen = 'Y'
    order by care_visit.child_id asc, care_visit.visit_date asc, care_visit.visit_id asc
),

placed as (
    select distinct on (seen.visit_id)
        seen.visit_id,
        seen.child_id,
        seen.visit_date,
        visit_clock.first_day as clock_first_day,
        visit_clock.end_date as clock_end_date
    from seen
    inner join visit_clock
        on visit_clock.child_id = seen.child_id
        and visit_clock.first_day <= seen.visit_date
        and (
            visit_clock.end_date is null
            or visit_clock.end_date > seen.visit_date
            -- On the day of leaving care the last carer's visits still count.
            or (visit_clock.is_last and visit_clock.end_date = seen.visit_date)
        )
    order by seen.visit_id asc, visit_clock.first_day desc
),

gap as (
    select
        placed.*,
        lead(placed.visit_date) over (partition by placed.child_id, placed.clock_first_day order by placed.visit_date) as next_visit_date
    from placed
)

select
    gap.visit_id,
    gap.child_id,
    gap.visit_date,
    gap.next_visit_date,
    gap.clock_first_day,
    gap.clock_end_date,
    care_visit_limit.rule,
    care_visit_limit.limit_days,
    care_visit_limit.limit_months,
    coalesce(
        gap.visit_date + care_visit_limit.limit_days,
        (gap.visit_date + care_visit_limit.limit_months * interval '1 month')::date
    ) as due_date
from gap
left join care_visit_limit
    on care_visit_limit.child_id = gap.child_id
    and care_visit_limit.first_day <= least(gap.next_visit_date, gap.clock_end_date - 1)
    and (care_visit_limit.end_date is null or care_visit_limit.end_date > least(gap.next_visit_date, gap.clock_end_date - 1))
    and gap.next_visit_date is not null
