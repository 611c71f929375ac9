-- title: Assessments started
-- id: D07
-- question: How many assessments do we begin?
-- grain: one row per assessment begun in the period
-- calc: count
-- better: neither
-- periods: [three_months, six_months]
-- needs: [ssd_cin_assessments]
-- sources: ["CIN census: assessments, one per child"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    assessment.assessment_id as member_key,
    assessment.child_id,
    assessment.team_id,
    1 as numerator
from period
inner join assessment on assessment.start_date between period.period_start and period.as_at
