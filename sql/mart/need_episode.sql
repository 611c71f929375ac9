-- title: Episodes of need
-- grain: one row per referral that was not closed at once with no further action
-- key: [referral_id]
-- sources: ["CIN census: children in need; episodes later closed as not in need (RC8) are out once that is known", "catalogue D11"]
select
    referral.referral_id,
    referral.child_id,
    referral.team_id,
    referral.referral_date,
    referral.close_date,
    coalesce(reason.code, ssd_cin_episodes.cine_close_reason) as close_reason,
    coalesce(reason.code = 'RC8', false) as is_not_in_need,
    coalesce(need.code, ssd_cin_episodes.cine_cin_primary_need_code) as primary_need
from referral
inner join ssd_cin_episodes on ssd_cin_episodes.cine_referral_id = referral.referral_id
left join code_alias as reason
    on reason.code_list = 'cin.ReasonForClosure' and reason.alias = lower(ssd_cin_episodes.cine_close_reason)
left join code_alias as need
    on need.code_list = 'cin.PrimaryNeedCode' and need.alias = lower(ssd_cin_episodes.cine_cin_primary_need_code)
where not referral.is_no_further_action
