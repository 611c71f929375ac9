-- title: Days from the long-term fostering plan to the match
-- id: P06
-- question: How long does a child wait to know that they may stay?
-- grain: one row per match decision, and per plan without one yet
-- calc: median
-- better: low
-- clock: {from: the day long-term fostering became the plan, to: match decision, unit: days, standard: long_term_match_months}
-- views: [finished]
-- periods: [year]
-- needs: [ltf_match, ssd_cla_care_plan, ssd_cla_episodes]
-- sources: ["catalogue P06: a deferral is not a match; the limit is local"]
-- used_by: [pack]
with plan_day as (
    select
        care_plan.child_id,
        care_plan.care_first_day,
        care_plan.plan_id,
        care_plan.start_date,
        care_plan.end_date,
        -- Consecutive records are one plan; after a gap or another plan, the time starts again.
        max(coalesce(care_plan.end_date, 'infinity'::date)) over (
            partition by care_plan.child_id, care_plan.care_first_day
            order by care_plan.start_date, care_plan.plan_id
            rows between unbounded preceding and 1 preceding
        ) as covered_to
    from care_plan
    where care_plan.plan_keys @> array['LTFOST18'] and care_plan.care_first_day is not null
),

numbered as (
    select
        plan_day.*,
        count(*) filter (where coalesce(plan_day.start_date > plan_day.covered_to, true)) over (
            partition by plan_day.child_id, plan_day.care_first_day order by plan_day.start_date, plan_day.plan_id
        ) as wait_no
    from plan_day
),

wait as (
    select
        numbered.child_id,
        numbered.care_first_day,
        (array_agg(numbered.plan_id order by numbered.start_date, numbered.plan_id))[1] as plan_id,
        min(numbered.start_date) as start_date,
        case when bool_and(numbered.end_date is not null) then max(numbered.end_date) end as end_date
    from numbered
    group by numbered.child_id, numbered.care_first_day, numbered.wait_no
),

decided as (
    select distinct on (ltf_match.match_id)
        ltf_match.match_id,
        ltf_match.person_id as child_id,
        ltf_match.decision_date,
        coalesce(wait.start_date, ltf_match.plan_date) as start_date,
        wait.plan_id
    from ltf_match
    left join wait
        on wait.child_id = ltf_match.person_id
        and wait.start_date <= ltf_match.decision_date
        and (wait.end_date is null or wait.end_date >= ltf_match.decision_date)
    where ltf_match.decision_date is not null and ltf_match.decision = 'matched'
    order by ltf_match.match_id asc, wait.start_date desc nulls last
),

item as (
    select
        decided.match_id as member_key,
        decided.child_id,
        decided.start_date,
        decided.decision_date,
        null::date as ended_date
    from decided
    union all
    select
        'plan/' || wait.plan_id as member_key,
        wait.child_id,
        wait.start_date,
        null::date as decision_date,
        least(wait.end_date, care_period.end_date) as ended_date
    from wait
    left join decided on decided.plan_id = wait.plan_id
    left join care_period on care_period.child_id = wait.child_id and care_period.first_day = wait.care_first_day
    where decided.plan_id is null
)

select
    item.member_key,
    item.child_id,
    item.start_date as clock_start,
    (item.start_date + standard.number_value * interval '1 month')::date as due_at,
    item.decision_date as clock_stop,
    item.ended_date
from item
left join parameter as standard
    on standard.name = 'long_term_match_months'
    and standard.valid_from <= item.start_date
    and (standard.valid_to is null or standard.valid_to > item.start_date)
