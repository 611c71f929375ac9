-- title: Time with the present worker
-- id: C03
-- question: How long has the child known their worker?
-- grain: one row per open child with an allocated social worker at the date, with the days since that worker began
-- calc: median
-- better: high
-- periods: [snapshot]
-- bands: [under 3 months, 3 to under 6 months, 6 to under 12 months, 12 months or more]
-- needs: [ssd_involvements, ssd_professionals, ssd_cin_episodes]
-- sources: ["catalogue C03 and convention K04: if the same worker starts again the next day, there is no gap"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    allocated_worker.child_id as member_key,
    allocated_worker.child_id,
    allocated_worker.team_id,
    1 as denominator,
    period.as_at - held_case.first_day as measure,
    case
        when (held_case.first_day + interval '12 months')::date <= period.as_at then '12 months or more'
        when (held_case.first_day + interval '6 months')::date <= period.as_at then '6 to under 12 months'
        when (held_case.first_day + interval '3 months')::date <= period.as_at then '3 to under 6 months'
        else 'under 3 months'
    end as band
from period
inner join allocated_worker
    on allocated_worker.first_day <= period.as_at
    and (allocated_worker.last_day is null or allocated_worker.last_day >= period.as_at)
inner join open_child
    on open_child.child_id = allocated_worker.child_id
    and open_child.first_day <= period.as_at
    and (open_child.last_day is null or open_child.last_day >= period.as_at)
inner join held_case
    on held_case.child_id = allocated_worker.child_id
    and held_case.holder_key = coalesce(allocated_worker.person_key, 'professional/' || allocated_worker.professional_id)
    and held_case.first_day <= period.as_at
    and (held_case.last_day is null or held_case.last_day >= period.as_at)
