-- title: Cool-off breaches
-- id: W35
-- question: Do workers who left us or a neighbour come straight back through an agency?
-- grain: one row per assignment that started in the period
-- calc: count
-- better: low
-- periods: [three_months]
-- needs: [agency_assignment, agency_worker]
-- sources: ["Child and family social workers: agency rules, three months after leaving; not after redundancy or in probation"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    agency_assignment.assignment_id as member_key,
    agency_assignment.agency_worker_id as worker_id,
    agency_assignment.team_id,
    case
        when
            exists (
                select 1
                from agency_leaving
                where
                    agency_leaving.agency_worker_id = agency_assignment.agency_worker_id
                    and not agency_leaving.is_excepted
                    and agency_leaving.left_on < agency_assignment.start_date
                    and (agency_leaving.left_on + interval '3 months')::date > agency_assignment.start_date
            )
            then 1
        else 0
    end as numerator
from period
inner join agency_assignment on agency_assignment.start_date between period.period_start and period.as_at
