-- title: Agency workers without three years' experience
-- id: W34
-- question: Do agency workers have the experience that the rules ask for?
-- grain: one row per assignment that started in the period and whose worker's experience is known
-- calc: percent
-- better: low
-- periods: [three_months]
-- needs: [agency_assignment, agency_worker]
-- sources: ["Child and family social workers: agency rules; catalogue W34: checked months before the date of qualifying"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    agency_assignment.assignment_id as member_key,
    agency_assignment.agency_worker_id as worker_id,
    agency_assignment.team_id,
    case
        when agency_worker.pqe_direct_months is not null
            then case when agency_worker.pqe_direct_months < 36 then 1 else 0 end
        when (agency_worker.pqe_start + interval '3 years')::date > agency_assignment.start_date then 1
        else 0
    end as numerator,
    1 as denominator
from period
inner join agency_assignment on agency_assignment.start_date between period.period_start and period.as_at
inner join agency_worker on agency_worker.agency_worker_id = agency_assignment.agency_worker_id
where agency_worker.pqe_direct_months is not null or agency_worker.pqe_start is not null
