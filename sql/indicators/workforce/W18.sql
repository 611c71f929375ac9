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
        worker_spell.person_key
    from period
    inner join worker_spell
        on worker_spell.first_day <= period.as_at
        and (worker_spell.last_counted_day is null or worker_spell.last_counted_day >= period.as_at)
    where worker_spell.is_social_worker and not worker_spell.is_agency
)

select
    period.period_kind,
    period.period_end,
    min(worker_spell.worker_id) as member_key,
    min(worker_spell.worker_id) as worker_id,
    min(worker_spell.team_id) as team_id,
    case when stayed.person_key is null then 0 else 1 end as numerator,
    1 as denominator
from period
inner join worker_spell
    on worker_spell.first_day <= period.period_start - 1
    and (worker_spell.last_counted_day is null or worker_spell.last_counted_day >= period.period_start - 1)
left join stayed
    on stayed.period_kind = period.period_kind
    and stayed.period_end = period.period_end
    and stayed.person_key = worker_spell.person_key
where worker_spell.is_social_worker and not worker_spell.is_agency
group by period.period_kind, period.period_end, worker_spell.person_key, stayed.person_key
