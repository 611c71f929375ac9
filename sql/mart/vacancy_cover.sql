-- title: Agency workers and the reason for each assignment
-- grain: one row per employment through an agency
-- key: [employment_id]
-- sources: ["CSWW statistics: agency workers covering vacancies", "catalogue W11: a missing reason is shown separately"]
-- columns:
--   employment_id: Employment, as in employment
--   worker_id: Worker id of the agency's records
--   team_id: Team; null if not recorded
--   fte: Full-time equivalent; null if unknown
--   first_day: First day of the employment
--   last_day: Last day counted; null if it continues
--   reason: Reason for the assignment; null if not recorded
--   is_cover: True if the worker covers a vacancy
select
    employment.employment_id,
    employment.worker_id,
    employment.team_id,
    employment.fte,
    employment.first_day,
    employment.last_counted_day as last_day,
    agency_assignment.reason,
    coalesce(agency_assignment.reason = 'vacancy_cover', false) as is_cover
from employment
inner join agency_assignment on agency_assignment.assignment_id = employment.record_id
where employment.is_agency
