-- title: Children allocated to a permanent social worker
-- id: C04
-- question: What share of children has a permanent worker?
-- grain: one row per open child with an allocated social worker at the date
-- calc: percent
-- better: high
-- periods: [snapshot]
-- needs: [ssd_involvements, ssd_professionals, ssd_cin_episodes, hr_worker, hr_post, hr_contract]
-- sources: ["catalogue conventions K18 and K19: the status of a worker comes from HR, never from the case system"]
-- used_by: [pack]
with employed as (
    select distinct
        period.period_kind,
        period.period_end,
        employment.person_key
    from period
    inner join employment
        on employment.first_day <= period.as_at
        and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
    where not employment.is_agency
),

allocated as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        allocated_worker.child_id,
        allocated_worker.team_id,
        allocated_worker.person_key
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
    -- A worker without a link or without a contract on the day is not permanent, and stays in the denominator.
    case when employed.person_key is null then 0 else 1 end as numerator,
    1 as denominator
from allocated
left join employed
    on employed.period_kind = allocated.period_kind
    and employed.period_end = allocated.period_end
    and employed.person_key = allocated.person_key
