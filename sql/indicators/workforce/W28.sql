-- title: Workers with under two years since qualifying
-- id: W28
-- question: How many case holders are newly qualified?
-- grain: one row per social worker, employed or through an agency, who holds a case at the date
-- calc: percent
-- better: neither
-- periods: [snapshot]
-- needs: [ssd_involvements, ssd_professionals, ssd_cin_episodes, hr_worker, hr_post, hr_contract, agency_assignment]
-- sources: ["catalogue W28: 24 months to the day are two years; workers without a date are listed but not in the percentage"]
-- used_by: [pack]
with holder as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        caseload.person_key,
        min(employment.worker_id) as worker_id,
        min(employment.team_id) as team_id,
        max(coalesce(hr_worker.qualified_date, agency_worker.pqe_start)) as qualified_date
    from period
    inner join caseload
        on caseload.first_day <= period.as_at
        and (caseload.last_day is null or caseload.last_day >= period.as_at)
    inner join employment
        on employment.person_key = caseload.person_key
        and employment.first_day <= period.as_at
        and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
    left join hr_worker on hr_worker.worker_id = employment.worker_id and not employment.is_agency
    left join agency_worker on agency_worker.agency_worker_id = employment.worker_id and employment.is_agency
    where employment.is_social_worker
    group by period.period_kind, period.period_end, period.as_at, caseload.person_key
)

select
    holder.period_kind,
    holder.period_end,
    holder.worker_id as member_key,
    holder.worker_id,
    holder.team_id,
    case
        when holder.qualified_date is not null
            then case when (holder.qualified_date + interval '24 months')::date > holder.as_at then 1 else 0 end
    end as numerator,
    case when holder.qualified_date is not null then 1 end as denominator
from holder
