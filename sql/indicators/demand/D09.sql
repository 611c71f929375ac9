-- title: Assessments that end with no further action
-- id: D09
-- question: How often does an assessment lead to nothing more?
-- grain: one row per assessment authorised in the period
-- calc: percent
-- better: neither
-- periods: [six_months, year]
-- needs: [ssd_cin_assessments]
-- sources: ["catalogue D09, the view of managers by assessment; the published share by referral is another measure"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    assessment.assessment_id as member_key,
    assessment.child_id,
    assessment.team_id,
    case when assessment.is_no_further_action then 1 else 0 end as numerator,
    1 as denominator
from period
inner join assessment on assessment.authorised_date between period.period_start and period.as_at
where assessment.start_date is null or assessment.authorised_date >= assessment.start_date
