-- title: Factors found at the end of an assessment
-- grain: one row per assessment and factor
-- key: [assessment_id, factor]
-- sources: ["CIN census: factors at the end of assessment; 21 means none, and excludes other codes"]
-- columns:
--   assessment_id: Assessment, as in assessment
--   child_id: The child, as in child; null if the assessment is unknown
--   factor: Code of the factor (cin.AssessmentFactors), as recorded if unknown
--   is_known: True if the factor is a code of that list
--   is_a_factor: False for code 21, no factors identified
--   is_harm_outside_home: True for exploitation, gangs, trafficking and harm by other children
with found as (
    select distinct
        ssd_assessment_factors.cinf_assessment_id as assessment_id,
        jsonb_array_elements_text(ssd_assessment_factors.cinf_assessment_factors_json) as factor
    from ssd_assessment_factors
    where
        ssd_assessment_factors.cinf_assessment_id is not null
        and jsonb_typeof(ssd_assessment_factors.cinf_assessment_factors_json) = 'array'
)

select
    found.assessment_id,
    assessment.child_id,
    found.factor,
    code.code is not null as is_known,
    coalesce(code.code <> '21', true) as is_a_factor,
    -- Exploitation, gangs, trafficking, and harm by other children.
    coalesce(code.code in ('11A', '12A', '13A', '18B', '19B', '24A'), false) as is_harm_outside_home
from found
left join assessment on assessment.assessment_id = found.assessment_id
left join code on code.code_list = 'cin.AssessmentFactors' and code.code = found.factor
