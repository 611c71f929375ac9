-- title: Turnover rate (FTE)
-- id: W14
-- question: What share of permanent social workers left in the year?
-- grain: one row per social worker who left in the period, and one per employment of a social worker at its end
-- calc: percent
-- better: low
-- periods: [year]
-- needs: [hr_worker, hr_post, hr_contract]
-- sources: ["CSWW statistics: leavers over social workers in post at the end of the year"]
-- used_by: [pack]
with basis as (
    select
        period.period_kind,
        period.period_end,
        coalesce(parameter.text_value = 'census', false) as is_census
    from period
    left join parameter
        on parameter.name = 'basis'
        and parameter.valid_from <= period.as_at
        and (parameter.valid_to is null or parameter.valid_to > period.as_at)
)

-- In the census, a leaver counts with the hours of the day before the year; in the daily view, with those of the last day.
select
    period.period_kind,
    period.period_end,
    employment.person_service_worker_id as member_key,
    employment.person_service_worker_id as worker_id,
    employment.team_id,
    employment.fte as numerator,
    null::numeric as denominator
from period
inner join basis on basis.period_kind = period.period_kind and basis.period_end = period.period_end
inner join employment
    on employment.person_service_last_day between period.period_start and period.as_at
    and case when basis.is_census then period.period_start - 1 else employment.person_service_last_day end
    between employment.first_day and employment.last_day
where employment.is_social_worker and not employment.is_agency and employment.fte is not null
union all
select
    period.period_kind,
    period.period_end,
    employment.person_service_worker_id as member_key,
    employment.person_service_worker_id as worker_id,
    employment.team_id,
    0 as numerator,
    employment.fte as denominator
from period
inner join employment
    on employment.first_day <= period.as_at
    and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
where employment.is_social_worker and not employment.is_agency and employment.fte is not null
