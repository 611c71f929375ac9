-- title: Starters (FTE and headcount)
-- id: W15
-- question: How many joined in the year?
-- grain: one row per social worker whose service began in the period
-- calc: [sum, headcount]
-- better: neither
-- periods: [year, month]
-- needs: [hr_worker, hr_post, hr_contract]
-- sources: ["CSWW statistics: starters; hours of the census day in the census, of the first day in the daily view"]
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

select
    period.period_kind,
    period.period_end,
    employment.person_service_worker_id as member_key,
    employment.person_service_worker_id as worker_id,
    employment.team_id,
    case
        when not basis.is_census and employment.first_day = employment.person_service_first_day then employment.fte
        -- A worker who left before the census day has no hours then, but counts as a person.
        when
            basis.is_census
            and period.as_at >= employment.first_day
            and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
            then employment.fte
        else 0
    end as numerator
from period
inner join basis on basis.period_kind = period.period_kind and basis.period_end = period.period_end
inner join employment on employment.person_service_first_day between period.period_start and period.as_at
where employment.is_social_worker and not employment.is_agency
