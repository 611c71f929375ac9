-- title: Service of agency workers without a break
-- grain: one row per agency worker and date range of service without a break
-- key: [person_key, first_day]
-- sources: ["catalogue W19: up to 14 days without work do not interrupt service, nor does another team, role or agency"]
-- columns:
--   person_key: The person, as in worker_spell
--   first_day: First day worked
--   last_day: Last day worked; null if it continues. Breaks of up to 14 days are included
--   worker_id: Worker id of the agency's records; the lowest if there are several
--   team_id: Team of the newest assignment; null if not recorded
with stay as (
    -- A start up to 15 days after the last day worked leaves 14 days between.
    select
        worker_spell.person_key,
        unnest(range_agg(daterange(worker_spell.first_day, worker_spell.last_day + 15, '[)'))) as days
    from worker_spell
    where worker_spell.is_agency
    group by worker_spell.person_key
)

select
    stay.person_key,
    lower(stay.days) as first_day,
    upper(stay.days) - 15 as last_day,
    min(worker_spell.worker_id) as worker_id,
    (array_agg(worker_spell.team_id order by worker_spell.first_day desc))[1] as team_id
from stay
inner join worker_spell
    on worker_spell.person_key = stay.person_key
    and worker_spell.is_agency
    and worker_spell.first_day <@ stay.days
group by stay.person_key, stay.days
