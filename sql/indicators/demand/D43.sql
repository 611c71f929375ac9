-- title: Cases closed by reason
-- id: D43
-- question: Why do cases close?
-- grain: one row per episode of need closed in the period
-- calc: count
-- better: neither
-- periods: [year, six_months]
-- bands: {codes: cin.ReasonForClosure}
-- needs: [ssd_cin_episodes]
-- sources: ["CIN census: reason for closure; not in need (RC8) is one of them"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    need_episode.referral_id as member_key,
    need_episode.child_id,
    need_episode.team_id,
    1 as numerator,
    1 as denominator,
    case
        when need_episode.close_reason is null then 'not recorded'
        else coalesce(reason.code, 'unknown code')
    end as band
from period
inner join need_episode
    on need_episode.close_date between period.period_start and period.as_at
    and need_episode.close_date >= need_episode.referral_date
left join code as reason on reason.code_list = 'cin.ReasonForClosure' and reason.code = need_episode.close_reason
