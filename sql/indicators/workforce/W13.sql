-- title: Uncovered vacancies (FTE)
-- id: W13
-- question: How much capacity is missing today?
-- grain: one row per team with vacancies at the date
-- calc: sum
-- better: low
-- periods: [snapshot]
-- needs: [hr_post, hr_contract, agency_assignment]
-- sources: ["catalogue W13: vacancies minus agency cover in each team, then added up, so that no team's surplus hides another's gap"]
-- used_by: [pack]
with vacant as (
    select
        period.period_kind,
        period.period_end,
        post_holding.team_id,
        sum(post_holding.vacant_fte) as fte
    from period
    inner join post_holding
        on post_holding.first_day <= period.as_at
        and (post_holding.last_day is null or post_holding.last_day >= period.as_at)
    where post_holding.vacant_fte > 0
    group by period.period_kind, period.period_end, post_holding.team_id
),

covered as (
    select
        period.period_kind,
        period.period_end,
        vacancy_cover.team_id,
        sum(vacancy_cover.fte) as fte
    from period
    inner join vacancy_cover
        on vacancy_cover.first_day <= period.as_at
        and (vacancy_cover.last_day is null or vacancy_cover.last_day >= period.as_at)
    where vacancy_cover.is_cover
    group by period.period_kind, period.period_end, vacancy_cover.team_id
)

select
    vacant.period_kind,
    vacant.period_end,
    coalesce(vacant.team_id, 'no team') as member_key,
    vacant.team_id,
    greatest(0, vacant.fte - coalesce(covered.fte, 0)) as numerator
from vacant
left join covered
    on covered.period_kind = vacant.period_kind
    and covered.period_end = vacant.period_end
    and covered.team_id is not distinct from vacant.team_id
