-- title: Children seen during the assessment
-- id: T07
-- question: Was the child seen?
-- grain: one row per assessment completed in the period of a child who was born by then
-- calc: percent
-- better: high
-- target: 100
-- periods: [six_months, year]
-- bands: [seen, not seen, unknown code, not recorded]
-- needs: [ssd_cin_assessments]
-- sources: ["Annex A list 4: whether the child was seen; not recorded does not count as yes", "catalogue convention K11"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    assessment.assessment_id as member_key,
    assessment.child_id,
    assessment.team_id,
    case when assessment.child_seen = 'Y' then 1 else 0 end as numerator,
    1 as denominator,
    case
        when assessment.child_seen is null then 'not recorded'
        when assessment.child_seen = 'Y' then 'seen'
        when assessment.child_seen = 'N' then 'not seen'
        else 'unknown code'
    end as band
from period
inner join assessment on assessment.authorised_date between period.period_start and period.as_at
left join child on child.child_id = assessment.child_id
where not coalesce(child.birth_date > assessment.authorised_date, child.expected_birth_date is not null, false)
