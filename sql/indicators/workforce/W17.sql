-- title: Net change in permanent FTE
-- id: W17
-- question: Is the permanent workforce growing?
-- grain: one row per employed social worker with hours at the end of the period or on the day before it
-- calc: sum
-- better: high
-- periods: [month, year]
-- needs: [hr_worker, hr_post, hr_contract]
-- sources: ["catalogue W17: starters minus leavers plus changes of hours, which equals W01 at the end minus W01 at the start"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    employment.worker_id as member_key,
    employment.worker_id,
    employment.team_id,
    employment.fte as numerator
from period
inner join employment
    on employment.first_day <= period.as_at
    and (employment.last_day is null or employment.last_day >= period.as_at)
where employment.is_social_worker and not employment.is_agency and employment.fte is not null
union all
select
    period.period_kind,
    period.period_end,
    employment.worker_id as member_key,
    employment.worker_id,
    employment.team_id,
    -employment.fte as numerator
from period
inner join employment
    on employment.first_day <= period.period_start - 1
    and (employment.last_day is null or employment.last_day >= period.period_start - 1)
where employment.is_social_worker and not employment.is_agency and employment.fte is not null
