-- title: How often each child in care must be visited
-- grain: one row per child and date range with one limit
-- key: [child_id, first_day]
-- sources: ["Care Planning Regulations 2010, regulation 28", "catalogue T28 and T29", "P05: U1 and U4 are long-term matches, as is a decision in ltf_match"]
-- columns:
--   child_id: The child, as in child
--   first_day: First day on which the limit applies
--   end_date: First day on which it no longer applies; null if it continues
--   rule: "Why this limit applies: temporarily approved carer, parents and interim order, parents and full order, settled, six weeks"
--   limit_days: Limit in days; null if it is in months
--   limit_months: Limit in months; null if it is in days
with standard as (
    select
        parameter.name,
        parameter.valid_from,
        parameter.valid_to,
        parameter.number_value
    from parameter
    where
        parameter.name in (
            'care_visit_days', 'care_visit_weekly_days', 'care_visit_four_weekly_days', 'care_visit_settled_months',
            'care_visit_matched_months'
        )
),

matched as (
    select
        ltf_match.person_id as child_id,
        ltf_match.placement_id,
        ltf_match.decision_date
    from ltf_match
    where ltf_match.decision = 'matched' and ltf_match.decision_date is not null
),

-- Every day on which the limit may change.
change as (
    select
        visit_clock.child_id,
        (visit_clock.carer_first_day + interval '12 months')::date as day
    from visit_clock
    union
    select
        episode_placement.child_id,
        episode_placement.first_day as day
    from episode_placement
    union
    select
        legal_status.child_id,
        legal_status.first_day as day
    from legal_status
    union
    select
        legal_status.child_id,
        legal_status.last_day + 1 as day
    from legal_status
    union
    select
        connected_approval.child_id,
        connected_approval.approved_date as day
    from connected_approval
    union
    select
        connected_approval.child_id,
        connected_approval.until_date as day
    from connected_approval
    union
    select
        care_review.child_id,
        care_review.review_date as day
    from care_review
    where care_review.review_no = 1
    union
    select
        care_plan.child_id,
        care_plan.start_date as day
    from care_plan
    union
    select
        care_plan.child_id,
        care_plan.end_date as day
    from care_plan
    union
    select
        matched.child_id,
        matched.decision_date as day
    from matched
    union
    select
        visit_clock.child_id,
        standard.valid_from as day
    from visit_clock
    inner join standard on standard.valid_from > visit_clock.first_day
),

cut as (
    select
        visit_clock.child_id,
        visit_clock.first_day as clock_first_day,
        change.day
    from visit_clock
    inner join change
        on change.child_id = visit_clock.child_id
        and change.day > visit_clock.first_day
        and (visit_clock.end_date is null or change.day < visit_clock.end_date)
    union
    select
        visit_clock.child_id,
        visit_clock.first_day as clock_first_day,
        visit_clock.first_day as day
    from visit_clock
),

day_range as (
    select
        cut.child_id,
        visit_clock.care_first_day,
        visit_clock.carer_first_day,
        cut.day as first_day,
        coalesce(lead(cut.day) over (partition by cut.child_id, cut.clock_first_day order by cut.day), visit_clock.end_date) as end_date
    from cut
    inner join visit_clock on visit_clock.child_id = cut.child_id and visit_clock.first_day = cut.clock_first_day
),

temporary_approval as (
    select distinct
        day_range.child_id,
        day_range.first_day
    from day_range
    inner join connected_approval
        on connected_approval.child_id = day_range.child_id
        and connected_approval.approved_date <= day_range.first_day
        and (connected_approval.until_date is null or connected_approval.until_date > day_range.first_day)
),

-- The plan that began last applies.
plan as (
    select distinct on (day_range.child_id, day_range.first_day)
        day_range.child_id,
        day_range.first_day,
        care_plan.plan_keys && array['LTFOST18', 'LTRELFR', 'RESPLMT'] as is_to_last
    from day_range
    inner join care_plan
        on care_plan.child_id = day_range.child_id
        and care_plan.start_date <= day_range.first_day
        and (care_plan.end_date is null or care_plan.end_date > day_range.first_day)
    order by
        day_range.child_id asc, day_range.first_day asc, care_plan.start_date desc,
        (care_plan.plan_keys && array['LTFOST18', 'LTRELFR', 'RESPLMT']) desc
),

lived as (
    select
        day_range.*,
        episode_placement.home_type,
        episode_placement.home_group,
        episode_placement.home_placement_id
    from day_range
    left join episode_placement
        on episode_placement.child_id = day_range.child_id
        and episode_placement.first_day <= day_range.first_day
        and (episode_placement.next_day is null or episode_placement.next_day > day_range.first_day)
),

long_match as (
    select distinct
        lived.child_id,
        lived.first_day
    from lived
    inner join matched
        on matched.child_id = lived.child_id
        and matched.decision_date <= lived.first_day
        and (matched.placement_id is null or matched.placement_id = lived.home_placement_id)
),

known as (
    select
        lived.child_id,
        lived.first_day,
        lived.end_date,
        legal_status.status,
        lived.home_group,
        temporary_approval.child_id is not null
        and (lived.home_group = 'fostering' or lived.home_group is null) as is_temporarily_approved,
        coalesce(first_review.review_date <= lived.first_day, false) as is_reviewed,
        (lived.carer_first_day + interval '12 months')::date <= lived.first_day as is_long,
        coalesce(lived.home_type in ('U1', 'U4'), false) or long_match.child_id is not null as is_matched,
        coalesce(plan.is_to_last, false) as is_to_last
    from lived
    left join legal_status
        on legal_status.child_id = lived.child_id
        and legal_status.first_day <= lived.first_day
        and (legal_status.last_day is null or legal_status.last_day >= lived.first_day)
    left join temporary_approval
        on temporary_approval.child_id = lived.child_id and temporary_approval.first_day = lived.first_day
    left join care_review as first_review
        on first_review.child_id = lived.child_id
        and first_review.care_first_day = lived.care_first_day
        and first_review.review_no = 1
    left join plan on plan.child_id = lived.child_id and plan.first_day = lived.first_day
    left join long_match on long_match.child_id = lived.child_id and long_match.first_day = lived.first_day
),

-- The sources do not show placements with parents before the assessment is finished (regulation 19).
ruled as (
    select
        known.child_id,
        known.first_day,
        known.end_date,
        case
            when known.is_temporarily_approved then 'temporarily approved carer'
            when known.home_group = 'with parents' and known.status = 'C1' then 'parents and interim order'
            when known.home_group = 'with parents' and known.status = 'C2' then 'parents and full order'
            when known.is_long and (known.is_matched or known.is_to_last) then 'settled'
            else 'six weeks'
        end as rule,
        known.is_reviewed,
        known.is_matched
    from known
),

limited as (
    select
        ruled.child_id,
        ruled.first_day,
        ruled.end_date,
        ruled.rule,
        case
            when ruled.rule = 'settled' and ruled.is_matched then 'care_visit_matched_months'
            when ruled.rule = 'settled' then 'care_visit_settled_months'
            when ruled.rule in ('six weeks', 'parents and full order') then 'care_visit_days'
            when ruled.is_reviewed then 'care_visit_four_weekly_days'
            else 'care_visit_weekly_days'
        end as standard_name
    from ruled
)

select distinct on (limited.child_id, limited.first_day)
    limited.child_id,
    limited.first_day,
    limited.end_date,
    limited.rule,
    case when limited.rule <> 'settled' then standard.number_value::integer end as limit_days,
    case when limited.rule = 'settled' then standard.number_value::integer end as limit_months
from limited
inner join standard
    on standard.name = limited.standard_name
    and standard.valid_from <= limited.first_day
    and (standard.valid_to is null or standard.valid_to > limited.first_day)
order by limited.child_id asc, limited.first_day asc, standard.valid_from desc
