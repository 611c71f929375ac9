-- title: Permanent share of workforce (FTE)
-- id: W09
-- question: What share of social workers is permanent?
-- grain: one row per social worker's employment at the date, directly or through an agency, with its FTE
-- calc: percent
-- better: high
-- periods: [snapshot]
-- needs: [hr_worker, hr_post, hr_contract, agency_assignment]
-- sources: ["CSWW statistics: agency worker rate, in full-time equivalents"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    worker_spell.worker_id as member_key,
    worker_spell.worker_id,
    worker_spell.team_id,
    case when worker_spell.is_agency then 0 else worker_spell.fte end as numerator,
    worker_spell.fte as denominator
from period
inner join worker_spell
    on worker_spell.first_day <= period.as_at
    and (worker_spell.last_counted_day is null or worker_spell.last_counted_day >= period.as_at)
where worker_spell.is_social_worker and worker_spell.fte is not null
