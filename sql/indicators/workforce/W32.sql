-- title: Overspill capacity bought in
-- id: W32
-- question: How many children have a social worker from a bought-in team?
-- grain: one row per open child at the date
-- calc: [percent, sum]
-- better: low
-- periods: [snapshot]
-- needs: [ssd_involvements, ssd_professionals, ssd_cin_episodes, agency_assignment]
-- sources: ["catalogue W32: the allocated social worker is on an assignment of a project team or a managed service"]
-- used_by: [pack]
with bought_in as (
    select distinct
        period.period_kind,
        period.period_end,
        employment.person_key
    from period
    inner join employment
        on employment.first_day <= period.as_at
        and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
    inner join agency_assignment on agency_assignment.assignment_id = employment.record_id
    where employment.is_agency and agency_assignment.assignment_type in ('project_team', 'managed_service')
)

select
    period.period_kind,
    period.period_end,
    open_child.child_id as member_key,
    open_child.child_id,
    allocated_worker.team_id,
    case when bought_in.person_key is null then 0 else 1 end as numerator,
    1 as denominator
from period
inner join open_child
    on open_child.first_day <= period.as_at
    and (open_child.last_day is null or open_child.last_day >= period.as_at)
left join allocated_worker
    on allocated_worker.child_id = open_child.child_id
    and allocated_worker.first_day <= period.as_at
    and (allocated_worker.last_day is null or allocated_worker.last_day >= period.as_at)
left join bought_in
    on bought_in.period_kind = period.period_kind
    and bought_in.period_end = period.period_end
    and bought_in.person_key = allocated_worker.person_key
