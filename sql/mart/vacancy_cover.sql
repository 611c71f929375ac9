-- title: Agency workers and why they are here
-- grain: one row per agency assignment's spell, with its reason
-- key: [spell_id]
-- sources: ["CSWW statistics: agency workers covering vacancies", "catalogue W11: a reason that is missing is its own line"]
select
    worker_spell.spell_id,
    worker_spell.worker_id,
    worker_spell.team_id,
    worker_spell.fte,
    worker_spell.first_day,
    worker_spell.last_counted_day as last_day,
    agency_assignment.reason,
    coalesce(agency_assignment.reason = 'vacancy_cover', false) as is_cover
from worker_spell
inner join agency_assignment on agency_assignment.assignment_id = worker_spell.record_id
where worker_spell.is_agency
