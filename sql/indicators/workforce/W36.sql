-- title: Agency notice period met
-- id: W36
-- question: Do agency workers leave with notice?
-- grain: one row per assignment that ended in the period
-- calc: percent
-- better: high
-- periods: [three_months]
-- needs: [agency_assignment]
-- sources: ["Child and family social workers: agency rules, four weeks or the shorter notice of permanent staff"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    agency_assignment.assignment_id as member_key,
    agency_assignment.agency_worker_id as worker_id,
    agency_assignment.team_id,
    case
        when
            agency_assignment.end_date - agency_assignment.notice_given_date
            >= least(28, coalesce(agency_assignment.notice_days_terms, 28))
            then 1
        else 0
    end as numerator,
    1 as denominator
from period
inner join agency_assignment on agency_assignment.end_date between period.period_start and period.as_at
