-- title: Registration current
-- id: W43
-- question: Is everybody who must be registered, registered?
-- grain: one row per social worker, employed or through an agency, at the date
-- calc: percent
-- better: high
-- periods: [snapshot]
-- needs: [hr_worker, hr_post, hr_contract, agency_assignment, agency_worker]
-- sources: ["catalogue W43: a number of Social Work England's form whose expiry has not passed"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    min(employment.worker_id) as member_key,
    min(employment.worker_id) as worker_id,
    min(employment.team_id) as team_id,
    case
        when
            bool_or(
                coalesce(hr_worker.swe_number, agency_worker.swe_number) ~ '^SW[0-9]+$'
                and coalesce(hr_worker.swe_expiry, agency_worker.swe_expiry) >= period.as_at
            )
            then 1
        else 0
    end as numerator,
    1 as denominator
from period
inner join employment
    on employment.first_day <= period.as_at
    and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
left join hr_worker on hr_worker.worker_id = employment.worker_id and not employment.is_agency
left join agency_worker on agency_worker.agency_worker_id = employment.worker_id and employment.is_agency
where employment.is_social_worker
group by period.period_kind, period.period_end, employment.person_key
