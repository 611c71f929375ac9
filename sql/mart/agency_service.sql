-- title: Service of agency workers without a break
-- grain: one row per agency worker and date range of service without a break
-- key: [person_key, first_day]
-- sources: ["catalogue W19: up to 14 days without work do not interrupt service, nor does another team, role or agency"]
-- columns:
--   person_key: The person, as in employment
--   first_day: First day worked
--   last_day: Last day worked; null if it continues. Breaks of up to 14 days are included
--   worker_id: Worker id of the agency's records; the lowest if there are several
--   team_id: Team of the newest assignment; null if not recorded
with agency_days as (
    -- A start up to 15 days after the last day worked leaves 14 days between.
    select
        employment.person_key,
        unnest(range_agg(daterange(employment.first_day, employment.last_day + 15, '[)'))) as days
    from employment
    where employment.is_agency
    group by employment.person_key
)

select
    agency_days.person_key,
    lower(agency_days.days) as first_day,
    upper(agency_days.days) - 15 as last_day,
    min(employment.worker_id) as worker_id,
    (array_agg(employment.team_id order by employment.first_day desc))[1] as team_id
from agency_days
inner join employment
    on employment.person_key = agency_days.person_key
    and employment.is_agency
    and employment.first_day <@ agency_days.days
group by agency_days.person_key, agency_days.days
