-- title: Episodes of need
-- grain: one row per referral that was not closed at once with no further action
-- key: [referral_id]
-- sources: ["CIN census: children in need; episodes later closed as not in need (RC8, RC9) are left out once that is known", "catalogue D11"]
-- columns:
--   referral_id: Referral, as in referral
--   child_id: The child, as in child
--   team_id: Team responsible; null if not recorded
--   referral_date: First day of the episode
--   close_date: Day the episode ended; null if it is open
--   close_reason: Code of the reason for closure; null if open or not recorded
--   is_not_in_need: True if closed because the child was not in need (RC8; RC9 since 1 April 2022)
--   primary_need: Code of the primary need (N0 to N9); null if not recorded
with told as (
    select
        referral_record.referral_id,
        (
            array_agg(ssd_cin_episodes.cine_close_reason order by ssd_cin_episodes.cine_close_date desc nulls last, referral_record.record_id desc)
            filter (where ssd_cin_episodes.cine_close_reason is not null)
        )[1] as close_reason,
        (
            array_agg(ssd_cin_episodes.cine_cin_primary_need_code order by referral_record.record_id desc)
            filter (where ssd_cin_episodes.cine_cin_primary_need_code is not null)
        )[1] as primary_need
    from referral_record
    inner join ssd_cin_episodes
        on ssd_cin_episodes.cine_referral_id = referral_record.record_id and ssd_cin_episodes.cine_person_id = referral_record.child_id
    group by referral_record.referral_id
)

select
    referral.referral_id,
    referral.child_id,
    referral.team_id,
    referral.referral_date,
    referral.close_date,
    case when referral.close_date is not null then told.close_reason end as close_reason,
    -- RC9, referred to early help after the assessment, exists since 2022-23.
    coalesce(
        told.close_reason = 'RC8' and referral.close_date is not null
        or told.close_reason = 'RC9' and referral.close_date >= '2022-04-01',
        false
    ) as is_not_in_need,
    told.primary_need
from referral
inner join told on told.referral_id = referral.referral_id
where not referral.is_no_further_action
