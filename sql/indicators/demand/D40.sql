-- title: Exploitation, gangs and violence between children at assessment
-- id: D40
-- question: How often is the harm outside the home?
-- grain: one row per assessment authorised in the period with at least one factor
-- calc: [percent, count]
-- better: low
-- periods: [three_months]
-- bands: [sexual exploitation, criminal exploitation, trafficking, gangs, physical abuse by a child, sexual abuse by a child]
-- needs: [ssd_cin_assessments, ssd_assessment_factors]
-- sources: ["CIN census factors 11A, 12A, 13A, 18B, 19B and 24A"]
-- used_by: [pack]
with found as (
    select
        assessment_factor.assessment_id,
        assessment_factor.child_id,
        max(case when assessment_factor.is_harm_outside_home then 1 else 0 end) as is_outside,
        array_agg(
            case assessment_factor.factor
                when '11A' then 'sexual exploitation'
                when '24A' then 'criminal exploitation'
                when '12A' then 'trafficking'
                when '13A' then 'gangs'
                when '18B' then 'physical abuse by a child'
                when '19B' then 'sexual abuse by a child'
            end
        ) as kinds
    from assessment_factor
    where assessment_factor.is_a_factor
    group by assessment_factor.assessment_id, assessment_factor.child_id
)

select
    period.period_kind,
    period.period_end,
    assessment.assessment_id as member_key,
    assessment.child_id,
    assessment.team_id,
    found.is_outside as numerator,
    1 as denominator,
    array_remove(found.kinds, null) as bands
from period
inner join assessment on assessment.authorised_date between period.period_start and period.as_at
inner join found
    on found.assessment_id = assessment.assessment_id
    and found.child_id is not distinct from assessment.child_id
where assessment.start_date is null or assessment.authorised_date >= assessment.start_date
