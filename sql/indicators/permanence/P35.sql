-- title: Reviewing officer in touch between reviews
-- id: P35
-- question: Does the reviewing officer know the child between reviews?
-- grain: one row per child in care at the date whose last review was three months ago or more
-- calc: [percent, count]
-- better: high
-- periods: [snapshot]
-- needs: [ssd_cla_reviews, ssd_cla_episodes]
-- sources: ["Annex A list 8", "catalogue P35: a contact on the day of the review does not count"]
-- used_by: [pack]
with reviewed as (
    select
        period.period_kind,
        period.period_end,
        period.as_at,
        care_period.child_id,
        care_period.first_day,
        max(care_review.review_date) as review_date
    from period
    inner join care_period
        on care_period.first_day <= period.as_at
        and (care_period.last_day is null or care_period.last_day >= period.as_at)
    inner join care_review
        on care_review.child_id = care_period.child_id
        and care_review.care_first_day = care_period.first_day
        and care_review.review_date <= period.as_at
    group by period.period_kind, period.period_end, period.as_at, care_period.child_id, care_period.first_day
),

contacted as (
    select
        reviewed.period_kind,
        reviewed.period_end,
        reviewed.child_id,
        max(ssd_cla_episodes.clae_cla_last_iro_contact_date) as contact_date
    from reviewed
    inner join ssd_cla_episodes
        on ssd_cla_episodes.clae_person_id = reviewed.child_id
        and ssd_cla_episodes.clae_cla_last_iro_contact_date > reviewed.review_date
        and ssd_cla_episodes.clae_cla_last_iro_contact_date <= reviewed.as_at
    group by reviewed.period_kind, reviewed.period_end, reviewed.child_id
)

select
    reviewed.period_kind,
    reviewed.period_end,
    reviewed.child_id as member_key,
    reviewed.child_id,
    case when contacted.child_id is not null then 1 else 0 end as numerator,
    1 as denominator
from reviewed
left join contacted
    on contacted.period_kind = reviewed.period_kind
    and contacted.period_end = reviewed.period_end
    and contacted.child_id = reviewed.child_id
where (reviewed.review_date + interval '3 months')::date <= reviewed.as_at
