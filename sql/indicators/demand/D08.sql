-- title: Assessments completed
-- id: D08
-- question: How many assessments do we finish?
-- grain: one row per assessment authorised in the period
-- calc: [count, rate]
-- better: neither
-- periods: [three_months, six_months, year]
-- needs: [ssd_cin_assessments]
-- sources: ["CIN statistics: completed assessments; an assessment authorised before it began is left out (convention K17)"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    assessment.assessment_id as member_key,
    assessment.child_id,
    assessment.team_id,
    1 as numerator
from period
inner join assessment on assessment.authorised_date between period.period_start and period.as_at
where assessment.start_date is null or assessment.authorised_date >= assessment.start_date
