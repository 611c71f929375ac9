-- title: When the outcome of a referral was decided
-- grain: one row per referral
-- key: [referral_id]
-- sources: ["catalogue T02: the recorded decision, or else the first assessment or enquiry; null if nothing follows and no decision is dated"]
-- columns:
--   referral_id: Referral, as in referral
--   child_id: The child, as in child
--   outcome_date: Day of the recorded decision, or else the start of the first assessment or enquiry; null if neither
--   is_inferred: True if the day is that of the first assessment or enquiry
with decided as (
    select
        referral_record.referral_id,
        min((referral_decision.decided_at at time zone 'Europe/London')::date) as decided_date
    from referral_decision
    inner join referral_record on referral_record.record_id = referral_decision.referral_id
    group by referral_record.referral_id
),

begun as (
    select
        assessment.referral_id as record_id,
        assessment.start_date
    from assessment
    union all
    select
        enquiry.referral_id as record_id,
        enquiry.start_date
    from enquiry
),

followed as (
    select
        referral_record.referral_id,
        min(begun.start_date) as start_date
    from begun
    inner join referral_record on referral_record.record_id = begun.record_id
    group by referral_record.referral_id
)

select
    referral.referral_id,
    referral.child_id,
    coalesce(decided.decided_date, case when not referral.is_no_further_action then followed.start_date end) as outcome_date,
    decided.decided_date is null and followed.start_date is not null and not referral.is_no_further_action as is_inferred
from referral
left join decided on decided.referral_id = referral.referral_id
left join followed on followed.referral_id = referral.referral_id
