-- title: Child protection plans
-- grain: one row per child with a plan of this authority on a day of the six months before; an open one first, then the latest
-- years: {first: 2020}
-- sources: ["Annex A list 7: layout of the regional peers", "catalogue D18, T14 to T19, conventions K08, K11 and K12"]
with plan as (
    select distinct on (cp_plan.child_id)
        cp_plan.plan_id,
        cp_plan.child_id,
        cp_plan.start_date,
        cp_plan.initial_category,
        cp_plan.latest_category,
        case when cp_plan.end_date <= collection.collection_end then cp_plan.end_date end as end_date,
        least(cp_plan.end_date, collection.collection_end) as case_day
    from cp_plan
    cross join collection
    where
        not cp_plan.is_other_authority
        and cp_plan.start_date <= collection.collection_end
        and (cp_plan.end_date is null or cp_plan.end_date >= collection.collection_start)
    order by
        cp_plan.child_id asc,
        (cp_plan.end_date is null or cp_plan.end_date > collection.collection_end) desc,
        cp_plan.start_date desc,
        cp_plan.plan_id desc
),

-- In any authority, as far as known.
before as (
    select
        plan.child_id,
        count(*) as plans
    from plan
    inner join cp_plan
        on cp_plan.child_id = plan.child_id
        and cp_plan.plan_id <> plan.plan_id
        and (cp_plan.start_date < plan.start_date or (cp_plan.start_date = plan.start_date and cp_plan.plan_id < plan.plan_id))
    group by plan.child_id
),

-- A visit without seeing the child does not count; of several on a day, one with the child alone.
visit as (
    select distinct on (plan.child_id)
        plan.child_id,
        cp_visit.visit_date,
        cp_visit.seen_alone,
        cp_visit.was_unborn
    from plan
    inner join cp_visit
        on cp_visit.child_id = plan.child_id
        and cp_visit.visit_date between plan.start_date and plan.case_day
    where coalesce(cp_visit.child_seen, '') <> 'N' or cp_visit.was_unborn
    order by plan.child_id asc, cp_visit.visit_date desc, (cp_visit.seen_alone = 'Y') desc nulls last, cp_visit.visit_id desc
),

review as (
    select
        cp_review.plan_id,
        max(cp_review.review_date) as review_date
    from cp_review
    cross join collection
    where cp_review.review_date <= collection.collection_end
    group by cp_review.plan_id
),

emergency as (
    select distinct legal_status.child_id
    from legal_status
    cross join collection
    where
        legal_status.status in ('L1', 'L2')
        and legal_status.first_day <= collection.collection_end
        and (legal_status.last_day is null or legal_status.last_day >= collection.collection_start - 1)
)

select
    row_number() over (order by plan.child_id) - 1 as row_id,
    plan.child_id,
    case when plan.end_date is not null or coalesce(held.last_day >= plan.case_day, true) then held.team_id end as team_id,
    case when plan.end_date is not null or coalesce(held.last_day >= plan.case_day, true) then held.worker_id end as worker_id,
    plan.child_id as child_unique_id,
    listed_child.gender,
    listed_child.ethnicity,
    listed_child.date_of_birth,
    listed_child.age,
    coalesce(listed_child.disability, 'c) Unknown') as disability,
    plan.start_date,
    coalesce(first_category.code, plan.initial_category) as initial_category,
    coalesce(last_category.code, plan.latest_category) as latest_category,
    visit.visit_date as last_visit_date,
    case when not visit.was_unborn then coalesce(alone.code, visit.seen_alone, 'c) Unknown') end as seen_alone,
    review.review_date as latest_review_date,
    plan.end_date,
    case when emergency.child_id is not null then 'a) Yes' else 'b) No' end as emergency_protection,
    coalesce(before.plans, 0) as number_of_previous_plans,
    case when plan.end_date is not null or coalesce(held.last_day >= plan.case_day, true) then held.allocated_team end as allocated_team,
    case
        when plan.end_date is not null or coalesce(held.last_day >= plan.case_day, true) then held.allocated_worker
    end as allocated_worker
from plan
left join listed_child on listed_child.child_id = plan.child_id
left join before on before.child_id = plan.child_id
left join visit on visit.child_id = plan.child_id
left join review on review.plan_id = plan.plan_id
left join emergency on emergency.child_id = plan.child_id
left join responsible_worker as held
    on held.child_id = plan.child_id
    and held.first_day <= plan.case_day
    and (held.next_first_day is null or held.next_first_day > plan.case_day)
    and (held.last_day is null or held.last_day >= plan.start_date)
left join translation as first_category
    on first_category.code_list = 'annex_a_text.abuse' and first_category.said = plan.initial_category
left join translation as last_category
    on last_category.code_list = 'annex_a_text.abuse' and last_category.said = plan.latest_category
left join translation as alone on alone.code_list = 'annex_a_text.yes_no_unknown' and alone.said = visit.seen_alone
