-- title: Same worker at consecutive reviews
-- id: C09
-- question: Did the same worker bring the child to both reviews?
-- grain: one row per care review of the period that follows another in the same period of care
-- calc: percent
-- better: high
-- periods: [year]
-- needs: [ssd_cla_reviews, ssd_cla_episodes, ssd_involvements, ssd_professionals]
-- sources: ["catalogue C09: cancelled reviews are ignored"]
-- used_by: [pack]
with pair as (
    select
        care_review.review_id,
        care_review.child_id,
        care_review.review_date,
        lag(care_review.review_date) over (
            partition by care_review.child_id, care_review.care_first_day order by care_review.review_date
        ) as before_date
    from care_review
)

select
    period.period_kind,
    period.period_end,
    pair.review_id as member_key,
    pair.child_id,
    case when present.professional_id = before.professional_id then 1 else 0 end as numerator,
    1 as denominator
from period
inner join pair on pair.review_date between period.period_start and period.as_at
left join allocated_worker as present
    on present.child_id = pair.child_id
    and present.first_day <= pair.review_date
    and (present.last_day is null or present.last_day >= pair.review_date)
left join allocated_worker as before
    on before.child_id = pair.child_id
    and before.first_day <= pair.before_date
    and (before.last_day is null or before.last_day >= pair.before_date)
where pair.before_date is not null
