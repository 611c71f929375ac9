-- title: Continuity without a permanent worker
-- id: C05
-- question: Do children with agency workers still get one steady worker?
-- grain: one row per child, open for six months, whose social worker at the date works through an agency
-- calc: percent
-- better: high
-- periods: [snapshot]
-- needs: [ssd_involvements, ssd_professionals, ssd_cin_episodes, agency_assignment]
-- sources: ["catalogue C05 and conventions K04, K18 and K19"]
-- used_by: [pack]
with allocated as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        allocated_worker.child_id,
        allocated_worker.team_id,
        allocated_worker.person_key,
        open_child.first_day as open_since
    from period
    inner join allocated_worker
        on allocated_worker.first_day <= period.as_at
        and (allocated_worker.last_day is null or allocated_worker.last_day >= period.as_at)
    inner join open_child
        on open_child.child_id = allocated_worker.child_id
        and open_child.first_day <= period.as_at
        and (open_child.last_day is null or open_child.last_day >= period.as_at)
)

select
    allocated.period_kind,
    allocated.period_end,
    allocated.child_id as member_key,
    allocated.child_id,
    allocated.team_id,
    case when held_case.first_day + interval '6 months' <= allocated.as_at then 1 else 0 end as numerator,
    1 as denominator
from allocated
inner join held_case
    on held_case.person_key = allocated.person_key
    and held_case.child_id = allocated.child_id
    and held_case.first_day <= allocated.as_at
    and (held_case.last_day is null or held_case.last_day >= allocated.as_at)
where
    allocated.open_since + interval '6 months' <= allocated.as_at
    and exists (
        select 1
        from employment
        where
            employment.person_key = allocated.person_key
            and employment.is_agency
            and employment.first_day <= allocated.as_at
            and (employment.last_counted_day is null or employment.last_counted_day >= allocated.as_at)
    )
