-- title: Referrals decided within one working day
-- id: T02
-- question: Does a family learn quickly what happens next?
-- grain: one row per referral, without those closed with no further action and no dated decision
-- calc: percent
-- better: high
-- clock: {from: "referral_date (day 0)", to: date of the decision, unit: working days, standard: referral_decision_working_days}
-- views: [finished, due]
-- periods: [month, six_months]
-- bands: [decision recorded, taken from what followed, no decision]
-- needs: [ssd_cin_episodes]
-- sources:
--   - "Working Together to Safeguard Children 2023: a decision within one working day"
--   - "without a dated decision, the start of the assessment or enquiry that followed"
-- used_by: [pack]
select
    referral.referral_id as member_key,
    referral.child_id,
    referral.team_id,
    referral.referral_date as clock_start,
    referral_outcome.outcome_date as clock_stop,
    case
        when referral_outcome.outcome_date is null then 'no decision'
        when referral_outcome.is_inferred then 'taken from what followed'
        else 'decision recorded'
    end as band
from referral
inner join referral_outcome on referral_outcome.referral_id = referral.referral_id
where
    not referral.is_inside_open_referral
    and (not referral.is_no_further_action or referral_outcome.outcome_date is not null)
