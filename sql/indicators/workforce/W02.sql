-- title: Social workers in post (headcount)
-- id: W02
-- question: How many people is that?
-- grain: one row per person employed in a child and family social work post at the date, in the most senior role held
-- calc: count
-- better: neither
-- periods: [snapshot]
-- needs: [hr_worker, hr_post, hr_contract]
-- sources: ["CSWW census: social workers in post, persons counted once"]
-- used_by: [pack]
select distinct on (period.period_kind, period.period_end, employment.person_key)
    period.period_kind,
    period.period_end,
    employment.worker_id as member_key,
    employment.worker_id,
    employment.team_id,
    1 as numerator
from period
inner join employment
    on employment.first_day <= period.as_at
    and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
where employment.is_social_worker and not employment.is_agency
order by
    period.period_kind asc,
    period.period_end asc,
    employment.person_key asc,
    employment.csww_role asc nulls last,
    employment.worker_id asc,
    employment.employment_id asc
