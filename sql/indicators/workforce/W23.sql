-- title: Average caseload (CSWW)
-- id: W23
-- question: How many cases does a full-time case holder carry?
-- grain: one row per social worker, employed or through an agency, who holds a case at the date, with cases and FTE
-- calc: ratio
-- periods: [snapshot]
-- by: [team]
-- needs: [ssd_involvements, ssd_professionals, ssd_cin_episodes, hr_worker, hr_post, hr_contract, agency_assignment]
-- sources: ["CSWW statistics: cases over the FTE of case holders of every role, agency workers included"]
-- used_by: [pack]
with carried as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        held_case.person_key,
        count(distinct held_case.child_id) as cases
    from period
    inner join held_case
        on held_case.first_day <= period.as_at
        and (held_case.last_day is null or held_case.last_day >= period.as_at)
    inner join open_child
        on open_child.child_id = held_case.child_id
        and open_child.first_day <= period.as_at
        and (open_child.last_day is null or open_child.last_day >= period.as_at)
    where held_case.person_key is not null
    group by period.period_kind, period.period_end, period.as_at, held_case.person_key
)

select
    carried.period_kind,
    carried.period_end,
    min(worker_spell.worker_id) as member_key,
    min(worker_spell.worker_id) as worker_id,
    min(worker_spell.team_id) as team_id,
    carried.cases as numerator,
    sum(worker_spell.fte) as denominator
from carried
inner join worker_spell
    on worker_spell.person_key = carried.person_key
    and worker_spell.first_day <= carried.as_at
    and (worker_spell.last_counted_day is null or worker_spell.last_counted_day >= carried.as_at)
where worker_spell.is_social_worker
group by carried.period_kind, carried.period_end, carried.person_key, carried.cases
having sum(worker_spell.fte) > 0
