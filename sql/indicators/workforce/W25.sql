-- title: Newly qualified worker caseload
-- id: W25
-- question: Are new social workers protected?
-- grain: one row per case holder in the assessed and supported year at the date, with cases and FTE
-- calc: ratio
-- better: low
-- periods: [snapshot]
-- needs: [ssd_involvements, ssd_professionals, ssd_cin_episodes, hr_worker, hr_post, hr_contract]
-- sources: ["catalogue W25: the assessed and supported year ends on its completion date; agency workers are never newly qualified"]
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
inner join hr_worker on hr_worker.worker_id = employment.worker_id
where
    employment.is_social_worker
    and not employment.is_agency
    and (hr_worker.asye_start is null or hr_worker.asye_start <= period.as_at)
    -- A worker who has completed the year was in it until the day of completion.
    and case when hr_worker.asye_end is null then hr_worker.asye_status = 'in_progress' else hr_worker.asye_end > period.as_at end
group by period.period_kind, period.period_end, caseload.person_key, caseload.cases
having sum(employment.fte) > 0
