-- title: Leavers (FTE and headcount) by reason
-- id: W16
-- question: How many left, and why?
-- grain: one row per social worker whose service ended in the period
-- calc: [headcount, sum]
-- better: low
-- periods: [year, month]
-- bands: [resignation, redundancy, dismissed, retired, deceased, moved inside the authority, other, not known]
-- needs: [hr_worker, hr_post, hr_contract]
-- sources: ["CSWW statistics: leavers; hours of the day before the year in the census, of the last day in the daily view"]
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
        when
            case when basis.is_census then period.period_start - 1 else employment.person_service_last_day end
            between employment.first_day and employment.last_day
            then employment.fte
        else 0
    end as numerator,
    case
        when employment.last_day < employment.person_service_last_day then null
        when hr_contract.leave_reason = '1' then 'resignation'
        when hr_contract.leave_reason in ('2', '3') then 'redundancy'
        when hr_contract.leave_reason = '4' then 'dismissed'
        when hr_contract.leave_reason = '5' then 'retired'
        when hr_contract.leave_reason = '6' then 'deceased'
        when hr_contract.leave_reason = '7' then 'moved inside the authority'
        when hr_contract.leave_reason = '8' then 'other'
        else 'not known'
    end as band
from period
inner join basis on basis.period_kind = period.period_kind and basis.period_end = period.period_end
inner join employment on employment.person_service_last_day between period.period_start and period.as_at
inner join hr_contract on hr_contract.contract_id = employment.record_id
where employment.is_social_worker and not employment.is_agency
