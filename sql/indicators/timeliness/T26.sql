-- title: Child's views heard in the review
-- id: T26
-- question: Do children take part in the review of their care?
-- grain: one row per review held in the period of a child aged four or over
-- calc: percent
-- better: high
-- periods: [year, six_months]
-- bands: [PN1, PN2, PN3, PN4, PN5, PN6, PN7, unknown code, not recorded]
-- needs: [ssd_cla_reviews, ssd_cla_episodes]
-- sources: ["SSDA903 code set REVIEW_CODE; PN4 and PN7, views not conveyed, and not recorded count as not taking part"]
-- used_by: [pack]
select
    period.period_kind,
    period.period_end,
    care_review.review_id as member_key,
    care_review.child_id,
    case when care_review.participation in ('PN1', 'PN2', 'PN3', 'PN5', 'PN6') then 1 else 0 end as numerator,
    1 as denominator,
    case
        when care_review.participation is null then 'not recorded'
        when care_review.participation ~ '^PN[1-7]$' then care_review.participation
        else 'unknown code'
    end as band
from period
inner join care_review on care_review.review_date between period.period_start and period.as_at
left join child on child.child_id = care_review.child_id
where
    coalesce(care_review.participation, '') <> 'PN0'
    and coalesce((child.birth_date + interval '4 years')::date <= care_review.review_date, true)
