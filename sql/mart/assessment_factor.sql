-- title: Factors found at the end of an assessment
-- grain: one row per assessment and factor, whether they are listed or marked with a yes
-- key: [assessment_id, factor]
-- sources: ["CIN census: factors at the end of assessment; 21 says that there was none and stands alone"]
with written as (
    select
        ssd_assessment_factors.cinf_assessment_id as assessment_id,
        ssd_assessment_factors.cinf_assessment_factors_json as factors,
        jsonb_typeof(ssd_assessment_factors.cinf_assessment_factors_json) as form
    from ssd_assessment_factors
    where ssd_assessment_factors.cinf_assessment_id is not null
),

listed as (
    select
        written.assessment_id,
        jsonb_array_elements_text(written.factors) as factor
    from written
    where written.form = 'array'
    union
    select
        written.assessment_id,
        regexp_split_to_table(written.factors #>> '{}', '[,;]') as factor
    from written
    where written.form = 'string'
),

marked as (
    select
        written.assessment_id,
        jsonb_object_keys(written.factors) as factor
    from written
    where written.form = 'object'
),

found as (
    select
        listed.assessment_id,
        lower(trim(listed.factor)) as factor
    from listed
    union
    select
        marked.assessment_id,
        lower(trim(marked.factor)) as factor
    from marked
    inner join written on written.assessment_id = marked.assessment_id and written.form = 'object'
    inner join code_alias as answer
        on answer.code_list = 'local.yes_no'
        and answer.alias = lower(written.factors ->> marked.factor)
    where answer.code = 'Y'
)

select distinct
    found.assessment_id,
    assessment.child_id,
    coalesce(known.code, upper(found.factor)) as factor,
    known.code is not null as is_known,
    coalesce(known.code <> '21', true) as is_a_factor,
    -- Exploitation, gangs, trafficking, and what other children did.
    coalesce(known.code in ('11A', '12A', '13A', '18B', '19B', '24A'), false) as is_harm_outside_home
from found
left join assessment on assessment.assessment_id = found.assessment_id
left join code_alias as known on known.code_list = 'cin.AssessmentFactors' and known.alias = found.factor
where found.factor <> ''
