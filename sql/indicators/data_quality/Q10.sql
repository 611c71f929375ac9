-- title: Totals that must agree
-- id: Q10
-- question: Do two ways to the same total agree?
-- grain: one row per pair of totals calculated in two ways for the date
-- calc: count
-- better: low
-- target: 0
-- figures: {count: sum(numerator)}
-- periods: [snapshot]
-- needs: []
-- sources: ["catalogue Q10: plans and care recounted from the records, W17 is the change of W01, the cases of W23 are those held by social workers"]
-- used_by: [local]
with value as (
    select
        indicator_value.indicator_id,
        indicator_value.period_kind,
        indicator_value.period_end,
        indicator_value.numerator,
        indicator_value.value
    from indicator_value
    where
        indicator_value.breakdown = 'whole'
        and (indicator_value.indicator_id, indicator_value.figure)
        in (('D18', 'count'), ('D28', 'count'), ('W01', 'sum'), ('W17', 'sum'), ('W23', 'ratio'))
),

on_plan as (
    select
        period.period_end,
        count(distinct ssd_cp_plans.cppl_person_id) as total
    from period
    left join ssd_cp_plans
        on ssd_cp_plans.cppl_cp_plan_start_date <= period.as_at
        and (ssd_cp_plans.cppl_cp_plan_end_date is null or ssd_cp_plans.cppl_cp_plan_end_date > period.as_at)
        and coalesce(ssd_cp_plans.cppl_cp_plan_ola, 'N') <> 'Y'
    group by period.period_end
),

episode as (
    select
        ssd_cla_episodes.clae_person_id as child_id,
        ssd_cla_episodes.clae_cla_episode_start_date as first_day,
        least(ssd_cla_episodes.clae_cla_episode_ceased_date, child.eighteenth_birthday) as next_day
    from ssd_cla_episodes
    left join child on child.child_id = ssd_cla_episodes.clae_person_id
),

short_break as (
    select
        legal_status.child_id,
        legal_status.first_day,
        legal_status.last_day
    from legal_status
    where legal_status.is_short_break
),

in_care as (
    select
        period.period_end,
        count(distinct case when short_break.child_id is null then episode.child_id end) as total
    from period
    left join episode
        on episode.first_day <= period.as_at
        and (episode.next_day is null or episode.next_day > period.as_at)
    left join short_break
        on short_break.child_id = episode.child_id
        and short_break.first_day <= period.as_at
        and (short_break.last_day is null or short_break.last_day >= period.as_at)
    group by period.period_end
),

counted_worker as (
    select
        period.period_end,
        period.as_at,
        employment.person_key
    from period
    inner join employment
        on employment.first_day <= period.as_at
        and (employment.last_counted_day is null or employment.last_counted_day >= period.as_at)
    where employment.is_social_worker
    group by period.period_end, period.as_at, employment.person_key
    having sum(employment.fte) > 0
),

held as (
    select
        counted_worker.period_end,
        count(distinct concat_ws('/', allocation.person_key, allocation.child_id)) as total
    from counted_worker
    inner join allocation
        on allocation.person_key = counted_worker.person_key
        and allocation.is_social_worker
        and allocation.start_date <= counted_worker.as_at
        and (allocation.end_date is null or allocation.end_date > counted_worker.as_at)
    inner join open_case
        on open_case.child_id = allocation.child_id
        and open_case.first_day <= counted_worker.as_at
        and (open_case.last_day is null or open_case.last_day >= counted_worker.as_at)
    group by counted_worker.period_end
),

pair as (
    select
        'D18 and plans open' as name,
        value.period_end,
        value.value as one,
        on_plan.total as other
    from value
    inner join on_plan on on_plan.period_end = value.period_end
    where value.indicator_id = 'D18' and value.period_kind = 'snapshot'
    union all
    select
        'D28 and episodes open' as name,
        value.period_end,
        value.value as one,
        in_care.total as other
    from value
    inner join in_care on in_care.period_end = value.period_end
    where value.indicator_id = 'D28' and value.period_kind = 'snapshot'
    union all
    select
        'W17 and the change of W01' as name,
        value.period_end,
        value.value as one,
        at_end.value - at_start.value as other
    from value
    inner join value as at_end
        on at_end.indicator_id = 'W01'
        and at_end.period_kind = 'snapshot'
        and at_end.period_end = value.period_end
    inner join value as at_start
        on at_start.indicator_id = 'W01'
        and at_start.period_kind = 'snapshot'
        and at_start.period_end = date_trunc('month', value.period_end)::date - 1
    where value.indicator_id = 'W17' and value.period_kind = 'month'
    union all
    select
        'W23 and cases held' as name,
        value.period_end,
        value.numerator as one,
        coalesce(held.total, 0) as other
    from value
    left join held on held.period_end = value.period_end
    where value.indicator_id = 'W23' and value.period_kind = 'snapshot' and value.numerator is not null
)

select
    period.period_kind,
    period.period_end,
    pair.name as member_key,
    case when abs(pair.one - pair.other) > 0.000001 then 1 else 0 end as numerator,
    1 as denominator,
    pair.one - pair.other as measure
from period
inner join pair on pair.period_end = period.period_end
where pair.one is not null and pair.other is not null
