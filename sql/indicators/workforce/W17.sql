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
    worker_spell.worker_id as member_key,
    worker_spell.worker_id,
    worker_spell.team_id,
    worker_spell.fte as numerator
from period
inner join worker_spell
    on worker_spell.first_day <= period.as_at
    and (worker_spell.last_day is null or worker_spell.last_day >= period.as_at)
where worker_spell.is_social_worker and not worker_spell.is_agency and worker_spell.fte is not null
union all
select
    period.period_kind,
    period.period_end,
    worker_spell.worker_id as member_key,
    worker_spell.worker_id,
    worker_spell.team_id,
    -worker_spell.fte as numerator
from period
inner join worker_spell
    on worker_spell.first_day <= period.period_start - 1
    and (worker_spell.last_day is null or worker_spell.last_day >= period.period_start - 1)
where worker_spell.is_social_worker and not worker_spell.is_agency and worker_spell.fte is not null
