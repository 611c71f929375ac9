-- title: Factors found at assessment
-- id: D10
-- question: What do assessments find?
-- grain: one row per assessment authorised in the period with at least one factor
-- calc: count
-- better: neither
-- periods: [year, six_months]
-- bands: {codes: cin.AssessmentFactors}
-- needs: [ssd_cin_assessments, ssd_assessment_factors]
-- sources: ["CIN statistics: factors at the end of assessment, percentages add up to more than 100; code 21, no factors, is left out of the denominator"]
-- used_by: [pack]
with found as (
    select
        assessment_factor.assessment_id,
        assessment_factor.child_id,
        max(case when assessment_factor.is_a_factor then 1 else 0 end) as is_counted,
        array_agg(distinct case when assessment_factor.is_known then assessment_factor.factor else 'unknown code' end) as factors
    from assessment_factor
    group by assessment_factor.assessment_id, assessment_factor.child_id
)

select
    period.period_kind,
    period.period_end,
    assessment.assessment_id as member_key,
    assessment.child_id,
    assessment.team_id,
    found.is_counted as numerator,
    found.is_counted as denominator,
    found.factors as bands
from period
inner join assessment on assessment.authorised_date between period.period_start and period.as_at
inner join found
    on found.assessment_id = assessment.assessment_id
    and found.child_id is not distinct from assessment.child_id
where assessment.start_date is null or assessment.authorised_date >= assessment.start_date
