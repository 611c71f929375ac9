-- title: Average caseload (CSWW)
-- id: W23
-- question: How many cases does a full-time case holder carry?
-- grain: one row per social worker, employed or through an agency, who holds a case at the date, with cases and FTE
-- calc: ratio
-- better: low
-- periods: [snapshot]
-- needs: [ssd_involvements, ssd_professionals, ssd_cin_episodes, hr_worker, hr_post, hr_contract, agency_assignment]
-- sources: ["CSWW statistics: cases over the FTE of case holders of every role, agency workers included"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    min(employment.worker_id) as member_key,
    min(employment.worker_id) as worker_id,
    min(employment.team_id) as team_id,
    caseload.cases as numerator,
    sum(employment.fte) as denominator
from period
inner join caseload
    on caseload.first_day <= period.as_at
    and (caseload.last_day is null or caseload.last_day >= period.as_at)
inner join employment
    on employment.person_key = caseload.person_key
    and employment.first_day <= period.as_at
    and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
where employment.is_social_worker
group by period.period_kind, period.period_end, caseload.person_key, caseload.cases
having sum(employment.fte) > 0
