-- title: Time from referral to entering care
-- id: T58
-- question: How long was a child known before coming into care?
-- grain: one row per child whose first recorded period of care began in the period
-- calc: [mean, median]
-- better: low
-- periods: [year]
-- needs: [ssd_cla_episodes, ssd_cin_episodes]
-- sources: ["days from the nearest earlier referral that led to work; the same day counts as 0; without unaccompanied children"]
-- used_by: [pack]
with entry as (
    select distinct on (care_period.child_id)
        care_period.child_id,
        care_period.first_day
    from care_period
    order by care_period.child_id asc, care_period.first_day asc
),

referred as (
    select
        entry.child_id,
        entry.first_day,
        max(referral.referral_date) as referral_date
    from entry
    inner join referral
        on referral.child_id = entry.child_id
        and referral.referral_date <= entry.first_day
        and not referral.is_no_further_action
    left join unaccompanied
        on unaccompanied.child_id = entry.child_id
        and unaccompanied.first_day <= entry.first_day
        and (unaccompanied.last_day is null or unaccompanied.last_day >= entry.first_day)
    where unaccompanied.child_id is null
    group by entry.child_id, entry.first_day
)

select
    period.period_kind,
    period.period_end,
    referred.child_id as member_key,
    referred.child_id,
    1 as denominator,
    referred.first_day - referred.referral_date as measure
from period
inner join referred on referred.first_day between period.period_start and period.as_at
