-- title: Children in care who went missing
-- id: P31
-- question: How many of our children go missing, and how often?
-- grain: one row per child in care at any time in the period, with the number of missing episodes that began in it
-- calc: [percent, mean, count]
-- better: low
-- periods: [year, six_months]
-- bands: [missing, away without authorisation]
-- needs: [ssd_missing, ssd_cla_episodes]
-- sources: ["SSDA903: children missing from care; away without authorisation is shown separately", "catalogue P31: the mean is per child who went missing"]
-- used_by: [pack]
with gone as (
    select
        period.period_kind,
        period.period_end,
        missing_incident.child_id,
        count(*) filter (where missing_incident.episode_type = 'M') as missing_episodes,
        count(*) filter (where missing_incident.episode_type = 'A') as away_episodes
    from period
    inner join missing_incident on missing_incident.start_date between period.period_start and period.as_at
    where missing_incident.is_from_care
    group by period.period_kind, period.period_end, missing_incident.child_id
),

looked_after as (
    select distinct
        period.period_kind,
        period.period_end,
        care_period.child_id
    from period
    inner join care_period
        on care_period.first_day <= period.as_at
        and (care_period.end_date is null or care_period.end_date >= period.period_start)
)

select
    looked_after.period_kind,
    looked_after.period_end,
    looked_after.child_id as member_key,
    looked_after.child_id,
    case when gone.missing_episodes > 0 then 1 else 0 end as numerator,
    1 as denominator,
    nullif(gone.missing_episodes, 0) as measure,
    array_remove(
        array[
            case when gone.missing_episodes > 0 then 'missing' end,
            case when gone.away_episodes > 0 then 'away without authorisation' end
        ],
        null
    ) as bands
from looked_after
left join gone
    on gone.period_kind = looked_after.period_kind
    and gone.period_end = looked_after.period_end
    and gone.child_id = looked_after.child_id
