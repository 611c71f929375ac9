-- title: Early help
-- id: D32
-- question: How many families do we help early?
-- grain: one row per early help episode begun in the period or open at its end; for one day, those open
-- calc: [count, rate]
-- better: neither
-- periods: [six_months, snapshot, three_months]
-- bands: [started, open at the date, "started, led by a partner", "open at the date, led by a partner"]
-- needs: [ssd_early_help_episodes]
-- sources: ["Annex A list 2; led by the authority and by partners separately; authorities define early help differently"]
-- used_by: [pack]
with placed as (
    select
        period.period_kind,
        period.period_end,
        period.period_start = period.period_end as is_snapshot,
        early_help_episode.episode_id,
        early_help_episode.child_id,
        early_help_episode.is_partner_led,
        early_help_episode.start_date >= period.period_start as is_started,
        early_help_episode.end_date is null or early_help_episode.end_date > period.as_at as is_open
    from period
    inner join early_help_episode
        on early_help_episode.start_date <= period.as_at
        and (
            early_help_episode.end_date is null
            or early_help_episode.end_date > period.as_at
            or early_help_episode.start_date >= period.period_start
        )
)

select
    placed.period_kind,
    placed.period_end,
    placed.episode_id as member_key,
    placed.child_id,
    case
        when placed.is_partner_led then 0
        when placed.is_snapshot and placed.is_open then 1
        when not placed.is_snapshot and placed.is_started then 1
        else 0
    end as numerator,
    array_remove(
        array[
            case when placed.is_started and not placed.is_partner_led then 'started' end,
            case when placed.is_open and not placed.is_partner_led then 'open at the date' end,
            case when placed.is_started and placed.is_partner_led then 'started, led by a partner' end,
            case when placed.is_open and placed.is_partner_led then 'open at the date, led by a partner' end
        ],
        null
    ) as bands
from placed
