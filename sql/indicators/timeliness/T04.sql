-- title: Assessments completed within 45 working days of their start
-- id: T04
-- question: How do we compare in the published figure?
-- grain: one row per assessment
-- calc: percent
-- better: high
-- clock: {from: "start_date (day 0)", to: authorised_date, unit: working days, standard: assessment_working_days}
-- views: [finished, due]
-- periods: [year, three_months, six_months]
-- needs: [ssd_cin_assessments]
-- sources: ["CIN statistics: assessments completed within 45 working days, each assessment from its own start"]
-- used_by: [pack]
select
    assessment.assessment_id as member_key,
    assessment.child_id,
    assessment.team_id,
    assessment.start_date as clock_start,
    assessment.authorised_date as clock_stop,
    assessment.ended_date
from assessment
