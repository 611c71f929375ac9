-- title: Career progression
-- id: W42
-- question: Do social workers progress?
-- grain: one row per employed social worker in post on the day before the period and at its end, whose grades are known
-- calc: percent
-- better: high
-- periods: [year]
-- needs: [hr_worker, hr_post, hr_contract]
-- sources: ["catalogue W42: a grade whose rank changed for everybody is not progression"]
-- used_by: [pack]
with graded as (
    select
        period.period_kind,
        period.period_end,
        employment.person_key,
        min(employment.worker_id) as worker_id,
        min(employment.team_id) filter (where dated.is_end) as team_id,
        max(hr_contract.grade_rank) filter (where not dated.is_end) as rank_before,
        max(hr_contract.grade_rank) filter (where dated.is_end) as rank_now,
        max(hr_contract.grade) filter (where not dated.is_end) as grade_before,
        max(hr_contract.grade) filter (where dated.is_end) as grade_now
    from period
    cross join lateral (values (period.as_at, true), (period.period_start - 1, false)) as dated (day, is_end)
    inner join employment
        on employment.first_day <= dated.day
        and (employment.last_counted_day is null or employment.last_counted_day >= dated.day)
    inner join hr_contract on hr_contract.contract_id = employment.record_id
    where employment.is_social_worker and not employment.is_agency
    group by period.period_kind, period.period_end, employment.person_key
)

select
    graded.period_kind,
    graded.period_end,
    graded.worker_id as member_key,
    graded.worker_id,
    graded.team_id,
    case
        when graded.rank_now > graded.rank_before and coalesce(graded.grade_now <> graded.grade_before, true) then 1
        else 0
    end as numerator,
    1 as denominator
from graded
where graded.rank_now is not null and graded.rank_before is not null
