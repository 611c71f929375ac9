-- title: Not recorded is not no
-- id: Q15
-- question: How often is neither yes nor no recorded?
-- grain: one row per yes-or-no field, with the number of rows that need an answer
-- calc: percent
-- better: low
-- bands: [return interview offered, return interview accepted, seen alone, advocacy offered, advocacy accepted, participation]
-- band_figure: percent
-- periods: [snapshot]
-- needs: []
-- sources: ["catalogue Q15 and convention K11: not applicable is an answer; unborn children are left out"]
-- used_by: [local]
with visit as (
    select
        'ssd_cp_visits/cppv_cp_visit_seen_alone' as field,
        ssd_cp_visits.cppv_person_id as child_id,
        ssd_cp_visits.cppv_cp_visit_date as day,
        ssd_cp_visits.cppv_cp_visit_seen as seen,
        ssd_cp_visits.cppv_cp_visit_seen_alone as answer
    from ssd_cp_visits
    union all
    select
        'ssd_cla_visits/clav_cla_visit_seen_alone' as field,
        ssd_cla_visits.clav_person_id as child_id,
        ssd_cla_visits.clav_cla_visit_date as day,
        ssd_cla_visits.clav_cla_visit_seen as seen,
        ssd_cla_visits.clav_cla_visit_seen_alone as answer
    from ssd_cla_visits
    union all
    select
        'ssd_cin_visits/cinv_cin_visit_seen_alone' as field,
        ssd_cin_visits.cinv_person_id as child_id,
        ssd_cin_visits.cinv_cin_visit_date as day,
        ssd_cin_visits.cinv_cin_visit_seen as seen,
        ssd_cin_visits.cinv_cin_visit_seen_alone as answer
    from ssd_cin_visits
),

review as (
    select
        'ssd_cp_reviews/cppr_cp_review_participation' as field,
        ssd_cp_reviews.cppr_person_id as child_id,
        ssd_cp_reviews.cppr_cp_review_date as day,
        ssd_cp_reviews.cppr_cp_review_participation as answer
    from ssd_cp_reviews
    union all
    select
        'ssd_cla_reviews/clar_cla_review_participation' as field,
        ssd_cla_reviews.clar_cla_person_id as child_id,
        ssd_cla_reviews.clar_cla_review_date as day,
        ssd_cla_reviews.clar_cla_review_participation as answer
    from ssd_cla_reviews
),

asked as (
    -- A child who was not seen needs no answer on being seen alone.
    select
        visit.field,
        'seen alone' as band,
        visit.child_id,
        visit.day,
        visit.answer
    from visit
    where visit.day is not null and coalesce(visit.seen, '') <> 'N'
    union all
    select
        review.field,
        'participation' as band,
        review.child_id,
        review.day,
        review.answer
    from review
    where review.day is not null
),

counted as (
    select
        asked.field,
        asked.band,
        count(*) filter (where asked.answer is null) as unanswered,
        count(*) as asked
    from asked
    cross join known_on
    left join child on child.child_id = asked.child_id
    where
        asked.day <= known_on.night
        and not coalesce(child.birth_date > asked.day, child.expected_birth_date is not null, false)
    group by asked.field, asked.band
    union all
    select
        'ssd_missing/miss_missing_rhi_offered' as field,
        'return interview offered' as band,
        count(*) filter (where ssd_missing.miss_missing_rhi_offered is null) as unanswered,
        count(*) as asked
    from ssd_missing
    inner join known_on
        on (ssd_missing.miss_missing_episode_end_date at time zone 'Europe/London')::date <= known_on.night
    union all
    select
        'ssd_missing/miss_missing_rhi_accepted' as field,
        'return interview accepted' as band,
        count(*) filter (where ssd_missing.miss_missing_rhi_accepted is null) as unanswered,
        count(*) as asked
    from ssd_missing
    inner join known_on
        on (ssd_missing.miss_missing_episode_end_date at time zone 'Europe/London')::date <= known_on.night
    union all
    select
        'rhi_offer/offered' as field,
        'return interview offered' as band,
        count(*) filter (where rhi_offer.offered is null) as unanswered,
        count(*) as asked
    from rhi_offer
    union all
    select
        'rhi_offer/accepted' as field,
        'return interview accepted' as band,
        count(*) filter (where rhi_offer.accepted is null) as unanswered,
        count(*) as asked
    from rhi_offer
    union all
    select
        'advocacy_offer/offered' as field,
        'advocacy offered' as band,
        count(*) filter (where advocacy_offer.offered is null) as unanswered,
        count(*) as asked
    from advocacy_offer
    union all
    select
        'advocacy_offer/accepted' as field,
        'advocacy accepted' as band,
        count(*) filter (where advocacy_offer.accepted is null) as unanswered,
        count(*) as asked
    from advocacy_offer
    union all
    select
        'complaint/advocate_offered' as field,
        'advocacy offered' as band,
        count(*) filter (where complaint.advocate_offered is null) as unanswered,
        count(*) as asked
    from complaint
)

select
    period.period_kind,
    period.period_end,
    counted.field as member_key,
    counted.band,
    counted.unanswered as numerator,
    counted.asked as denominator
from period
inner join known_on on known_on.night = period.as_at
cross join counted
where counted.asked > 0
