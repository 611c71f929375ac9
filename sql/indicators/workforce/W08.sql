-- title: "Agency rate: highest month on record"
-- id: W08
-- question: What was the highest agency rate, and when?
-- grain: one row per month end on record up to the date, with the agency rate of that day
-- calc: max
-- better: low
-- periods: [snapshot]
-- needs: [hr_worker, hr_post, hr_contract, agency_assignment]
-- sources: ["catalogue W08: contracts and assignments have dates, so past month ends are calculated from one extract; of equal months, the earliest"]
-- used_by: [pack]
with span as (
    select
        min(employment.first_day) as first_day,
        max(period.as_at) as last_day
    from employment
    cross join period
    where employment.is_social_worker
),

month_end as (
    select calendar_day.day
    from span
    inner join calendar_day on calendar_day.day between span.first_day and span.last_day
    where extract(day from calendar_day.day + 1) = 1
),

monthly as (
    select
        month_end.day,
        100 * coalesce(sum(employment.fte) filter (where employment.is_agency), 0) / nullif(sum(employment.fte), 0) as rate
    from month_end
    inner join employment
        on employment.first_day <= month_end.day
        and (employment.last_counted_day is null or employment.last_counted_day >= month_end.day)
    where employment.is_social_worker and employment.fte is not null
    group by month_end.day
),

ranked as (
    select
        period.period_kind,
        period.period_end,
        monthly.day,
        monthly.rate,
        row_number() over (
            partition by period.period_kind, period.period_end order by monthly.rate desc nulls last, monthly.day asc
        ) as place
    from period
    inner join monthly on monthly.day <= period.as_at
)

select
    ranked.period_kind,
    ranked.period_end,
    to_char(ranked.day, 'YYYY-MM-DD') as member_key,
    case when ranked.place = 1 then 1 else 0 end as numerator,
    ranked.rate as measure
from ranked
