-- title: Stability index
-- id: W18
-- question: Of those here a year ago, how many still are?
-- grain: one row per employed social worker in post on the day before the period
-- calc: percent
-- better: high
-- periods: [year]
-- needs: [hr_worker, hr_post, hr_contract]
-- sources: ["catalogue W18: workers who left and came back are still here; another team or contract is not leaving"]
-- used_by: [pack]
with stayed as (
    select distinct
        period.period_kind,
        period.period_end,
        employment.person_key
    from period
    inner join employment
        on employment.first_day <= period.as_at
        and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
    where employment.is_social_worker and not employment.is_agency
)

select
    period.period_kind,
    period.period_end,
    min(employment.worker_id) as member_key,
    min(employment.worker_id) as worker_id,
    min(employment.team_id) as team_id,
    case when stayed.person_key is null then 0 else 1 end as numerator,
    1 as denominator
from period
inner join employment
    on employment.first_day <= period.period_start - 1
    and (employment.last_counted_day is null or employment.last_counted_day >= period.period_start - 1)
left join stayed
    on stayed.period_kind = period.period_kind
    and stayed.period_end = period.period_end
    and stayed.person_key = employment.person_key
where employment.is_social_worker and not employment.is_agency
group by period.period_kind, period.period_end, employment.person_key, stayed.person_key
