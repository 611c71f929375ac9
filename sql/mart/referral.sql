-- title: Referrals
-- grain: one row per referral of a child; two rows of one day are one referral
-- key: [referral_id]
-- sources: ["CIN census: referrals and re-referrals", "catalogue conventions K10 and K17"]
with dated as (
    select distinct on (ssd_cin_episodes.cine_person_id, ssd_cin_episodes.cine_referral_date)
        ssd_cin_episodes.cine_referral_id as referral_id,
        ssd_cin_episodes.cine_person_id as child_id,
        ssd_cin_episodes.cine_referral_date as referral_date,
        ssd_cin_episodes.cine_close_date as close_date,
        ssd_cin_episodes.cine_referral_team as team_id,
        coalesce(code_alias.code = 'Y', false) as is_no_further_action
    from ssd_cin_episodes
    left join code_alias
        on code_alias.code_list = 'local.yes_no'
        and code_alias.alias = lower(ssd_cin_episodes.cine_referral_nfa)
    where ssd_cin_episodes.cine_referral_date is not null and ssd_cin_episodes.cine_person_id is not null
    order by
        ssd_cin_episodes.cine_person_id asc,
        ssd_cin_episodes.cine_referral_date asc,
        ssd_cin_episodes.cine_referral_id asc
),

inside as (
    select
        dated.referral_id,
        bool_or(
            not earlier.is_no_further_action and (earlier.close_date is null or earlier.close_date > dated.referral_date)
        ) as is_inside_open_referral
    from dated
    inner join dated as earlier
        on earlier.child_id = dated.child_id
        and earlier.referral_date < dated.referral_date
    group by dated.referral_id
),

-- A row inside an open referral is a slip of recording and no referral that the next one could follow.
before as (
    select
        dated.referral_id,
        coalesce(inside.is_inside_open_referral, false) as is_inside_open_referral,
        max(case when not coalesce(inside.is_inside_open_referral, false) then dated.referral_date end) over (
            partition by dated.child_id
            order by dated.referral_date
            rows between unbounded preceding and 1 preceding
        ) as previous_referral_date
    from dated
    left join inside on inside.referral_id = dated.referral_id
)

select
    dated.referral_id,
    dated.child_id,
    dated.team_id,
    dated.referral_date,
    dated.close_date,
    dated.is_no_further_action,
    before.is_inside_open_referral,
    before.previous_referral_date
from dated
inner join before on before.referral_id = dated.referral_id
