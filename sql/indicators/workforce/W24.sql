-- title: Case holders above the local ceiling
-- id: W24
-- question: How many case holders have too many cases?
-- grain: one row per social worker, employed or through an agency, who holds a case at the date
-- calc: percent
-- better: low
-- periods: [snapshot]
-- needs: [ssd_involvements, ssd_professionals, ssd_cin_episodes, hr_worker, hr_post, hr_contract, agency_assignment]
-- sources: ["local_parameter caseload_ceiling: cases for a full-time equivalent; exactly at the ceiling is not above it"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    min(employment.worker_id) as member_key,
    min(employment.worker_id) as worker_id,
    min(employment.team_id) as team_id,
    case when caseload.cases > parameter.number_value * sum(employment.fte) then 1 else 0 end as numerator,
    1 as denominator,
    caseload.cases / sum(employment.fte) as measure
from period
inner join caseload
    on caseload.first_day <= period.as_at
    and (caseload.last_day is null or caseload.last_day >= period.as_at)
inner join employment
    on employment.person_key = caseload.person_key
    and employment.first_day <= period.as_at
    and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
inner join parameter
    on parameter.name = 'caseload_ceiling'
    and parameter.valid_from <= period.as_at
    and (parameter.valid_to is null or parameter.valid_to > period.as_at)
where employment.is_social_worker
group by period.period_kind, period.period_end, caseload.person_key, caseload.cases, parameter.number_value
having sum(employment.fte) > 0
