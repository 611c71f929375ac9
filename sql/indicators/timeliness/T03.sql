-- title: Assessments completed within 45 working days of referral
-- id: T03
-- question: Do families get an answer within the statutory limit?
-- grain: one row per first assessment on a referral
-- calc: percent
-- better: high
-- clock: {from: "referral_date (day 0)", to: authorised_date, unit: working days, standard: assessment_working_days}
-- views: [finished, due]
-- periods: [six_months, three_months, year]
-- needs: [ssd_cin_episodes, ssd_cin_assessments]
-- sources: ["Working Together to Safeguard Children 2023, chapter 3"]
-- used_by: [pack, councillors_report]
select
    assessment.assessment_id as member_key,
    assessment.child_id,
    assessment.team_id,
    assessment.referral_date as clock_start,
    assessment.authorised_date as clock_stop,
    assessment.ended_date
from assessment
where assessment.is_first_on_referral
