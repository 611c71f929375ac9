-- title: Referrals
-- grain: one row per referral; records of one child and day are merged under the lowest id
-- key: [referral_id]
-- sources: ["CIN census: referrals and re-referrals", "catalogue conventions K10 and K17", "docs/conventions.md: which record counts"]
-- columns:
--   referral_id: Referral; the lowest id of the merged records
--   child_id: The child, as in child
--   team_id: Team that received it; null if not recorded
--   referral_date: Day of the referral
--   close_date: Day the referral closed; null while any record is open
--   referral_worker_id: Worker who took the referral; null if not recorded
--   source: Code of who referred; null if not recorded
--   is_decided: True if it is recorded whether further action follows
--   is_no_further_action: True if all records say no further action
--   is_inside_open_referral: True if an earlier referral of the child was still open
--   previous_referral_date: Day of the previous referral, not counting those inside an open one; null if there is none
with recorded as (
    select
        min(ssd_cin_episodes.cine_referral_id) as referral_id,
        ssd_cin_episodes.cine_person_id as child_id,
        ssd_cin_episodes.cine_referral_date as referral_date,
        -- Open while any record is open; no further action only if all records say so.
        case when bool_and(ssd_cin_episodes.cine_close_date is not null) then max(ssd_cin_episodes.cine_close_date) end
            as close_date,
        (
            array_agg(ssd_cin_episodes.cine_referral_team order by ssd_cin_episodes.cine_referral_id desc)
            filter (where ssd_cin_episodes.cine_referral_team is not null)
        )[1] as team_id,
        (
            array_agg(ssd_cin_episodes.cine_referral_worker_id order by ssd_cin_episodes.cine_referral_id desc)
            filter (where ssd_cin_episodes.cine_referral_worker_id is not null)
        )[1] as referral_worker_id,
        (
            array_agg(ssd_cin_episodes.cine_referral_source_code order by ssd_cin_episodes.cine_referral_id desc)
            filter (where ssd_cin_episodes.cine_referral_source_code is not null)
        )[1] as source,
        bool_or(ssd_cin_episodes.cine_referral_nfa is not null) as is_decided,
        bool_and(coalesce(ssd_cin_episodes.cine_referral_nfa = 'Y', false)) as is_no_further_action
    from ssd_cin_episodes
    where ssd_cin_episodes.cine_referral_date is not null and ssd_cin_episodes.cine_person_id is not null
    group by ssd_cin_episodes.cine_person_id, ssd_cin_episodes.cine_referral_date
),

dated as (
    select
        recorded.referral_id,
        recorded.child_id,
        recorded.referral_date,
        recorded.team_id,
        recorded.referral_worker_id,
        recorded.source,
        recorded.is_decided,
        recorded.is_no_further_action,
        least(
            recorded.close_date,
            -- Not with the 18th birthday: the census counts young people who are still supported.
            greatest(child.death_date, case when child.death_date is not null then recorded.referral_date end),
            case when child.adopted_date > recorded.referral_date then child.adopted_date end
        ) as close_date
    from recorded
    left join child on child.child_id = recorded.child_id
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

-- A row inside an open referral is a recording error; the next referral does not count from it.
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
    dated.referral_worker_id,
    dated.source,
    dated.is_decided,
    dated.is_no_further_action,
    before.is_inside_open_referral,
    before.previous_referral_date
from dated
inner join before on before.referral_id = dated.referral_id
