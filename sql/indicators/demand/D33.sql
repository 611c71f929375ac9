-- title: Step-ups from early help and step-downs to it
-- id: D33
-- question: Do families move between early help and social care?
-- grain: one row per early help episode that ended in the period, and per case closed in it
-- calc: [percent, count, stepped_down, stepped_down_percent]
-- figures:
--   stepped_down: "count(*) filter (where bands @> array['case stepped down'])"
--   stepped_down_percent: "100.0 * count(*) filter (where bands @> array['case stepped down'])
--     / nullif(count(*) filter (where bands @> array['case closed']), 0)"
-- better: neither
-- periods: [six_months]
-- bands: [early help ended, case closed, case stepped down]
-- needs: [ssd_early_help_episodes, ssd_cin_episodes]
-- sources: ["catalogue D33: percent and count are of early help that was stepped up; stepped down means a case closed with new early help within 30 days"]
-- used_by: [pack]
with stepped_down as (
    select
        need_episode.referral_id,
        min(early_help_episode.start_date) as start_date
    from need_episode
    inner join parameter as standard
        on standard.name = 'step_down_days'
        and standard.valid_from <= need_episode.close_date
        and (standard.valid_to is null or standard.valid_to > need_episode.close_date)
    inner join early_help_episode
        on early_help_episode.child_id = need_episode.child_id
        and early_help_episode.start_date between need_episode.close_date
        and need_episode.close_date + standard.number_value::integer
    where not early_help_episode.is_partner_led
    group by need_episode.referral_id
)

select
    period.period_kind,
    period.period_end,
    early_help_episode.episode_id as member_key,
    early_help_episode.child_id,
    null as team_id,
    case when early_help_episode.is_stepped_up then 1 else 0 end as numerator,
    1 as denominator,
    array['early help ended'] as bands
from period
inner join early_help_episode on early_help_episode.end_date between period.period_start and period.as_at
where not early_help_episode.is_partner_led
union all
select
    period.period_kind,
    period.period_end,
    -- Ids of two tables may be equal.
    case when taken.episode_id is null then '' else 'case/' end || need_episode.referral_id as member_key,
    need_episode.child_id,
    need_episode.team_id,
    null as numerator,
    null as denominator,
    array_remove(array['case closed', case when stepped_down.start_date <= period.as_at then 'case stepped down' end], null) as bands
from period
inner join need_episode
    on need_episode.close_date between period.period_start and period.as_at
    and need_episode.close_date >= need_episode.referral_date
left join early_help_episode as taken on taken.episode_id = need_episode.referral_id
left join stepped_down on stepped_down.referral_id = need_episode.referral_id
